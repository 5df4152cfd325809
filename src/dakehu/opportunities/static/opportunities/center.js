/* The console by keyboard: arrows move between cards, the letter a offers to whoever is proposed. */
(() => {
  "use strict";

  const list = document.querySelector("[data-center]");
  if (!list) return;
  const cards = () => [...list.querySelectorAll(".center-card")];

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const all = cards();
    const at = all.indexOf(document.activeElement?.closest(".center-card"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = all[Math.max(0, Math.min(all.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))];
      if (!next) return;
      event.preventDefault();
      next.focus();
    } else if (event.key === "a" && at >= 0) {
      const button = all[at].querySelector("[data-center-offer]");
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  });
})();
