// The search box of the top bar: suggestions while typing, arrows and Enter; without it the form
// simply opens the page of all that was found.
(function () {
  "use strict";
  const PAUSE_MS = 180;
  const SHORTEST = 2;
  const form = document.querySelector("form[data-suggest]");
  if (!form || !form.dataset.suggest) return;
  const box = form.querySelector("input[type=search]");
  const list = document.getElementById("search-suggestions");
  let waiting = 0;
  let asked = null;

  function options() {
    return Array.from(list.querySelectorAll("[role=option]"));
  }
  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(null);
  }
  function choose(option) {
    options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }
  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }
  function move(step) {
    const all = options();
    if (!all.length) return;
    const at = all.indexOf(chosen());
    const next = at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length;
    choose(all[next]);
  }

  async function suggest() {
    const typed = box.value.trim();
    if (asked) asked.abort();
    if (typed.length < SHORTEST) return show(false);
    asked = new AbortController();
    try {
      const address = `${form.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: asked.signal });
      if (!answer.ok || answer.redirected || box.value.trim() !== typed) return show(false);
      list.innerHTML = await answer.text();
      show(document.activeElement === box);
    } catch {
      // Typed on, or no connection: Enter still opens the page.
      if (document.activeElement !== box) show(false);
    }
    return undefined;
  }

  box.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(suggest, PAUSE_MS);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
    }
  });
  // The page behind the box stays as it is when a hit is pressed, until the hit opens.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", () => show(false));
  form.addEventListener("submit", () => window.clearTimeout(waiting));
})();
