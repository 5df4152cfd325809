/* Planned days by mouse: what is dropped on another day is sent as the form would be. */
(() => {
  "use strict";

  let held = null;
  const dayAt = (event) => event.target.closest?.("[data-plan-day]");
  const unmark = () => {
    for (const day of document.querySelectorAll(".owed-over")) day.classList.remove("owed-over");
  };

  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-plan]") ?? null;
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.planWas);
  });
  document.addEventListener("dragend", () => {
    held = null;
    unmark();
  });
  document.addEventListener("dragover", (event) => {
    const day = held && dayAt(event);
    if (!day) return;
    event.preventDefault();
    unmark();
    day.classList.add("owed-over");
  });
  document.addEventListener("drop", (event) => {
    const day = held && dayAt(event);
    const form = document.querySelector("[data-plan-form]");
    if (!day || !form || day.dataset.planDay === held.dataset.planWas) return;
    event.preventDefault();
    form.action = held.dataset.plan;
    form.elements.was.value = held.dataset.planWas;
    form.elements.day.value = day.dataset.planDay;
    form.requestSubmit();
  });
})();
