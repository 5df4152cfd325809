/* The dispatch board by mouse: a card dropped on an engineer's row sends the form; a day chosen is shown. */
(() => {
  "use strict";

  let held = null;
  const rowAt = (event) => event.target.closest("[data-engineer]");
  const unmark = () => {
    for (const row of document.querySelectorAll(".board-over")) row.classList.remove("board-over");
  };

  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-order]");
    if (!card) return;
    held = card;
    card.classList.add("board-held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.order);
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("board-held");
    held = null;
    unmark();
  });
  document.addEventListener("dragover", (event) => {
    const row = held && rowAt(event);
    if (!row) return;
    event.preventDefault();
    unmark();
    row.classList.add("board-over");
  });
  document.addEventListener("drop", (event) => {
    const row = held && rowAt(event);
    const form = document.querySelector("[data-board-form]");
    if (!row || !form) return;
    event.preventDefault();
    form.elements.order.value = held.dataset.order;
    form.elements.version.value = held.dataset.version;
    form.elements.engineer.value = row.dataset.engineer;
    form.requestSubmit();
  });

  document.querySelector("[data-board-day]")?.addEventListener("change", (event) => {
    if (event.target.value) event.target.form.requestSubmit();
  });
})();
