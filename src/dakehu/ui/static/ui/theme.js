// Runs before the first paint: theme and folded navigation must not flash.
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function cookie(name) {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
    return found ? found.slice(name.length + 1) : "";
  }

  function show() {
    const choice = root.dataset.themeChoice;
    const isDark = choice === "dark" || (choice !== "light" && dark.matches);
    root.setAttribute("data-bs-theme", isDark ? "dark" : "light");
    document.dispatchEvent(new CustomEvent("dakehu:theme"));
  }

  root.classList.add("js");
  if (cookie("dakehu_sidebar") === "folded") root.dataset.sidebar = "folded";
  show();
  dark.addEventListener("change", show);
  window.dakehuShowTheme = show;
})();
