/* The service desk by keyboard: Ctrl and Enter sends; rows of a batch show with its kind. */
(() => {
  "use strict";

  for (const form of document.querySelectorAll("[data-case-keys]")) {
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }

  const lines = document.querySelectorAll("[data-case-lines]");
  const kind = document.querySelector("#intake_kind");
  if (lines.length && kind) {
    const show = () => { lines.forEach((part) => { part.hidden = kind.value !== "BATCH"; }); };
    kind.addEventListener("change", show);
    show();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-case-say]");
    const box = document.querySelector("#intake_answer");
    if (!button || !box) return;
    box.value = button.dataset.caseSay;
    box.focus();
  });
})();
