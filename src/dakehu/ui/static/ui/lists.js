// Lists: folding the filter, ticking rows, opening rows.
(function () {
  "use strict";

  // Filter: the further fields, and on a phone the whole form, fold away.
  function toggle(button, form, name) {
    const open = form.classList.toggle(name);
    button.setAttribute("aria-expanded", String(open));
  }
  function isFilled(field) {
    return Array.from(field.querySelectorAll("input, select")).some((control) => {
      return control.type === "checkbox" ? control.checked : Boolean(control.value);
    });
  }
  function tendFilter() {
    const form = document.querySelector("[data-filter]");
    const more = form && form.querySelector("[data-filter-more]");
    if (more && Array.from(form.querySelectorAll(".filter-extra")).some(isFilled)) {
      form.classList.add("is-more");
      more.setAttribute("aria-expanded", "true");
    }
  }
  document.addEventListener("click", (event) => {
    const more = event.target.closest("[data-filter-more]");
    const phone = event.target.closest("[data-filter-phone]");
    if (more) toggle(more, more.form, "is-more");
    if (phone) toggle(phone, phone.form, "is-open");
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  // Rows: a click anywhere opens what the first cell links to.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (!row || event.target.closest("a, button, input, label, select")) return;
    if (String(window.getSelection())) return;
    const link = row.querySelector("a.list-link");
    if (link) link.click();
  });

  // Bulk: the bar appears when rows are ticked.
  function boxes() {
    return Array.from(document.querySelectorAll("#list-body input[name=ids]"));
  }
  function tendBulk(everyMatch) {
    const bar = document.querySelector("[data-bulk]");
    if (!bar) return;
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    const onPage = document.querySelector("[data-bulk-page]");
    onPage.checked = ticked > 0 && ticked === all.length;
    onPage.indeterminate = ticked > 0 && ticked < all.length;
    bar.classList.toggle("is-active", ticked > 0);
    bar.querySelector("[data-bulk-chosen]").value = everyMatch ? "filter" : "ids";
    bar.querySelector("[data-bulk-count]").textContent = ticked;
    bar.querySelector("[data-bulk-ticked]").hidden = everyMatch;
    bar.querySelector("[data-bulk-every]").hidden = !everyMatch;
    const every = bar.querySelector("[data-bulk-all]");
    if (every) every.hidden = everyMatch || ticked < all.length;
    all.forEach((box) => box.closest("tr").classList.toggle("is-ticked", box.checked));
  }
  function tickAll(checked) {
    boxes().forEach((box) => { box.checked = checked; });
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-bulk-page]")) tickAll(event.target.checked);
    if (event.target.matches("[data-bulk-page], input[name=ids]")) tendBulk(false);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-bulk-all]")) tendBulk(true);
    if (event.target.closest("[data-bulk-none]")) {
      tickAll(false);
      tendBulk(false);
    }
  });

  tendFilter();
  tendBulk(false);
  document.body.addEventListener("htmx:afterSettle", () => tendBulk(false));
})();
