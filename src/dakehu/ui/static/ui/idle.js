// Nobody at the screen: what a page fetches by itself does not keep the session, a warning comes
// before the end, and at the end what was on the screen goes away.
(function () {
  "use strict";
  const dialog = document.getElementById("idle");
  if (!dialog) return;
  const MINUTE_MS = 60 * 1000;
  const TICK_MS = 1000;
  const KEY = "dakehu_present_at";
  const limit = Number(dialog.dataset.minutes) * MINUTE_MS;
  const notice = Math.min(2 * MINUTE_MS, limit / 2);
  // The server counts by the minute: a page that is used without asking for anything says so.
  const renewal = Math.min(5 * MINUTE_MS, limit / 4);
  let touchedAt = Date.now();
  let toldAt = Date.now();
  let isAsking = false;
  let isLeaving = false;

  // All windows of the site share one session, and so one clock.
  function share(at) {
    try {
      window.localStorage.setItem(KEY, String(at));
    } catch {
      // Without storage every window keeps its own clock.
    }
  }
  function shared() {
    try {
      return Number(window.localStorage.getItem(KEY)) || 0;
    } catch {
      return 0;
    }
  }
  function presentAt() {
    return Math.max(toldAt, Math.min(shared(), Date.now()));
  }

  function touched() {
    if (!dialog.open) touchedAt = Date.now();
  }
  for (const name of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(name, touched, { passive: true, capture: true });
  }

  // Somebody was there when the page asked. An answer that a slow line or a sleeping machine brings
  // late tells nothing about now.
  function told(askedAt) {
    toldAt = Math.max(toldAt, askedAt);
    share(toldAt);
  }
  async function tell() {
    const askedAt = Date.now();
    const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(dialog.dataset.presence, {
      method: "POST",
      headers: { "X-CSRFToken": token, "HX-Request": "true" },
    });
    if (answer.status === 204) told(askedAt);
    else leave();
  }
  function leave() {
    if (isLeaving) return;
    isLeaving = true;
    const here = window.location.pathname + window.location.search;
    const query = new URLSearchParams({ next: here, because: "idle" });
    window.location.replace(`${dialog.dataset.login}?${query}`);
  }

  const askedTimes = new WeakMap();
  document.addEventListener("htmx:configRequest", (event) => {
    askedTimes.set(event.detail.headers, Date.now());
    if (Date.now() - touchedAt > MINUTE_MS) event.detail.headers["X-Dakehu-Background"] = "1";
  });
  // The server counts by the minute, and tells only the first who asks why the session has ended.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const target = event.detail.xhr.getResponseHeader("HX-Redirect") || "";
    const isOver = Date.now() - presentAt() >= limit - MINUTE_MS;
    if (isLeaving || (isOver && target.startsWith(dialog.dataset.login))) {
      event.preventDefault();
      leave();
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const headers = event.detail.requestConfig && event.detail.requestConfig.headers;
    if (headers && !headers["X-Dakehu-Background"] && event.detail.successful) {
      told(askedTimes.get(headers));
    }
  });

  dialog.addEventListener("close", () => {
    isAsking = false;
    touchedAt = Date.now();
    tell().catch(leave);
  });
  function warn(left) {
    if (!isAsking) {
      isAsking = true;
      dialog.showModal();
    }
    const seconds = Math.max(0, Math.ceil(left / 1000));
    const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    dialog.querySelector("[data-idle-left]").textContent = words;
  }
  function tick() {
    const idle = Date.now() - presentAt();
    if (idle >= limit) return leave();
    if (touchedAt > presentAt() && idle > renewal && !isAsking) {
      tell().catch(() => {});
      toldAt = touchedAt;
    } else if (limit - idle <= notice) {
      warn(limit - idle);
    } else if (isAsking) {
      // Somebody is active in another window.
      isAsking = false;
      dialog.close();
    }
    return undefined;
  }
  share(Date.now());
  window.setInterval(tick, TICK_MS);
})();
