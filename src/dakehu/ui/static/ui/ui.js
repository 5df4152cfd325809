// The shell: theme switch, navigation, toasts, drawer, confirmation, keyboard, watermark.
(function () {
  "use strict";
  const root = document.documentElement;
  const YEAR = 365 * 24 * 3600;
  const NOTICE_MS = 6000;
  const GO_MS = 1500;

  function keep(name, value) {
    document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
  }

  // Theme: the form works without this script, only with a reload.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-theme-form]") || !event.submitter) return;
    event.preventDefault();
    root.dataset.themeChoice = event.submitter.value;
    keep("dakehu_theme", event.submitter.value);
    window.dakehuShowTheme();
  });

  // Folding the navigation.
  function showFold() {
    const folded = root.dataset.sidebar === "folded";
    document.querySelectorAll("[data-fold]").forEach((button) => {
      button.setAttribute("aria-pressed", String(folded));
    });
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-fold]")) return;
    const folded = root.dataset.sidebar !== "folded";
    root.dataset.sidebar = folded ? "folded" : "open";
    keep("dakehu_sidebar", root.dataset.sidebar);
    showFold();
    window.dispatchEvent(new Event("resize"));
  });

  // On a phone the navigation is a dialogue while it is open, and a dialogue needs a name.
  document.addEventListener("show.bs.offcanvas", (event) => {
    const nav = event.target.querySelector("nav[aria-label]");
    if (nav) event.target.setAttribute("aria-label", nav.getAttribute("aria-label"));
  });
  document.addEventListener("hidden.bs.offcanvas", (event) => event.target.removeAttribute("aria-label"));

  // Toasts leave by themselves; errors, and what rings, stay until closed.
  function tendNotices() {
    document.querySelectorAll("[data-notice]:not([data-tended])").forEach((notice) => {
      notice.dataset.tended = "1";
      if (!notice.matches(".notice-error, [data-notice-stays]")) {
        window.setTimeout(() => notice.remove(), NOTICE_MS);
      }
    });
  }
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-notice-close]");
    if (close) close.closest("[data-notice]").remove();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // The way back of error pages.
  function tendBack() {
    document.querySelectorAll("[data-back]").forEach((button) => {
      button.hidden = window.history.length < 2;
      button.addEventListener("click", () => window.history.back());
    });
  }

  // Confirmation: forms and buttons with data-confirm ask first.
  function ask(question, act) {
    const dialog = document.getElementById("confirm");
    document.getElementById("confirm-text").textContent = question;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && act(), { once: true });
    dialog.showModal();
    document.getElementById("confirm-yes").focus();
  }
  function questionOf(element, submitter) {
    const asking = (submitter && submitter.closest("[data-confirm]")) || element.closest("[data-confirm]");
    return asking ? asking.dataset.confirm : "";
  }
  function isHtmx(element) {
    // The element itself: a plain form inside a panel that htmx fetched is still a plain form.
    return Boolean(element && element.matches("[hx-post],[hx-get],[hx-put],[hx-delete],[hx-patch]"));
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = questionOf(form, event.submitter);
    if (!question || form.dataset.confirmed || isHtmx(form) || isHtmx(event.submitter)) {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    ask(question, () => {
      form.dataset.confirmed = "1";
      form.requestSubmit(event.submitter);
    });
  });
  document.addEventListener("htmx:confirm", (event) => {
    const trigger = event.detail.triggeringEvent;
    const question = questionOf(event.detail.elt, trigger && trigger.submitter);
    if (!question) return;
    event.preventDefault();
    ask(question, () => event.detail.issueRequest(true));
  });

  // Drawer: links with data-drawer load into it; with a modifier key they stay links.
  function openDrawer(title, href) {
    const drawer = document.getElementById("drawer");
    const body = document.getElementById("drawer-body");
    document.getElementById("drawer-title").textContent = title;
    const page = document.getElementById("drawer-page");
    page.hidden = !href;
    if (href) page.href = href;
    body.replaceChildren(document.getElementById("drawer-waiting").content.cloneNode(true));
    window.tabler.Offcanvas.getOrCreateInstance(drawer).show();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openDrawer(link.dataset.drawer || link.textContent.trim(), link.href);
    window.htmx.ajax("GET", link.href, { target: "#drawer-body", swap: "innerHTML" });
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const opener = event.target.closest("[data-drawer-open]");
    if (opener) openDrawer(opener.dataset.drawerOpen, "");
  });
  document.addEventListener("dakehu:close-drawer", () => {
    window.tabler.Offcanvas.getOrCreateInstance(document.getElementById("drawer")).hide();
  });

  // A broken connection says so; what the server refused arrives as a toast by itself.
  document.addEventListener("htmx:sendError", () => {
    const words = document.getElementById("offline");
    document.getElementById("toasts").append(words.content.cloneNode(true));
    tendNotices();
  });

  // Keyboard.
  let waitsForGo = 0;
  function isTyping(target) {
    return target.matches("input, textarea, select, [contenteditable]");
  }
  function go(key) {
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) link.click();
    return Boolean(link);
  }
  function pressed(event) {
    if (event.timeStamp < waitsForGo) {
      waitsForGo = 0;
      return go(event.key);
    }
    if (event.key === "g") {
      waitsForGo = event.timeStamp + GO_MS;
      return false;
    }
    if (event.key === "?") return showKeys();
    const search = event.key === "/" && document.getElementById("search");
    if (search) search.select();
    return Boolean(search);
  }
  function showKeys() {
    const keys = document.getElementById("keys");
    if (keys && !keys.open) keys.showModal();
    return Boolean(keys);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (pressed(event)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) showKeys();
  });

  // Watermark: who looked at this screen, and when; beneath what is clicked, and on paper too.
  function drawWatermark() {
    // The hour is the server's: that of the device is whatever its owner sets.
    const { watermark: words, watermarkAt: at } = document.body.dataset;
    if (!words) return;
    const layer = document.createElement("div");
    layer.className = "watermark";
    layer.setAttribute("aria-hidden", "true");
    const text = document.createElement("span");
    const line = (said) => { text.textContent = said; return text.innerHTML; };
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="180"><g transform="rotate(-18 150 90)" ` +
      `font-family="sans-serif" font-size="14" fill="#7f8ea3"><text x="30" y="85">${line(words)}</text>` +
      `<text x="30" y="105">${line(at)}</text></g></svg>`;
    layer.style.backgroundImage = `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
    document.body.append(layer);
  }

  // On a phone tabs run beyond the edge: the one that is open is brought into view.
  function showTab() {
    document.querySelectorAll(".tabs [aria-current], .list-views [aria-current]").forEach((tab) => {
      tab.scrollIntoView({ block: "nearest", inline: "center" });
    });
  }

  function start() {
    showFold();
    showTab();
    tendNotices();
    tendBack();
    drawWatermark();
    document.body.addEventListener("htmx:afterSettle", tendNotices);
    document.body.addEventListener("htmx:oobAfterSwap", tendNotices);
  }
  start();
})();
