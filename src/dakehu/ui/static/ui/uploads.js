// Uploads: files are dropped anywhere on the form's zone, and a bar shows how far they have come.
(function () {
  "use strict";

  function zoneOf(event) {
    return event.target.closest ? event.target.closest("[data-upload] label") : null;
  }
  ["dragenter", "dragover"].forEach((name) => document.addEventListener(name, (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-over");
  }));
  document.addEventListener("dragleave", (event) => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    zone.querySelector("input[type=file]").files = event.dataTransfer.files;
  });

  function barOf(event) {
    const form = event.target.closest && event.target.closest("[data-upload]");
    return form ? form.querySelector("progress") : null;
  }
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = barOf(event);
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const bar = barOf(event);
    if (bar) bar.hidden = true;
  });
})();
