/* The sales board: a card dropped on a stage, or its button pressed, sends the form. */
(() => {
  "use strict";

  let held = null;
  const send = (card, stage) => {
    const form = document.querySelector("[data-kanban-form]");
    if (!form) return;
    form.elements.opportunity.value = card.dataset.opportunity;
    form.elements.version.value = card.dataset.version;
    form.elements.stage.value = stage;
    form.requestSubmit();
  };
  const columnAt = (event) => event.target.closest?.("[data-stage]");
  const unmark = () => {
    for (const column of document.querySelectorAll(".kanban-over")) column.classList.remove("kanban-over");
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-kanban-next]");
    if (button) send(button.closest("[data-opportunity]"), button.dataset.kanbanNext);
  });
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-opportunity]");
    if (!card) return;
    held = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.opportunity);
  });
  document.addEventListener("dragend", () => { held = null; unmark(); });
  document.addEventListener("dragover", (event) => {
    const column = held && columnAt(event);
    if (!column || column.contains(held)) return;
    event.preventDefault();
    unmark();
    column.classList.add("kanban-over");
  });
  document.addEventListener("drop", (event) => {
    const column = held && columnAt(event);
    if (!column) return;
    event.preventDefault();
    send(held, column.dataset.stage);
  });
})();
