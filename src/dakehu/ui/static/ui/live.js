// What cannot wait rings at the open page: told by a stream, and asked for now and then without one.
// The stream says no more than that there is news; what it is comes from the site itself.
(function () {
  "use strict";
  const { news, stream } = document.body.dataset;
  if (!news) return;
  const POLL_MS = 15 * 1000;
  const FIRST_MS = 2 * 1000;
  const LONGEST_MS = 5 * 60 * 1000;
  let source = null;
  let polling = 0;
  let again = 0;
  let pause = FIRST_MS;

  // Nobody asked for this: it neither keeps the session nor complains about the network.
  async function ask() {
    const headers = { "HX-Request": "true", "X-Dakehu-Background": "1", "HX-Current-URL": window.location.href };
    const answer = await fetch(news, { headers }).catch(() => null);
    if (!answer) return;
    const leave = answer.headers.get("HX-Redirect");
    if (leave) window.location.assign(leave);
    else if (answer.status === 200) show(await answer.text());
  }
  function show(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    document.getElementById("toasts").append(...parsed.querySelectorAll("[data-notice]"));
    document.body.dispatchEvent(new CustomEvent("todos-changed"));
    refreshList();
  }

  // A list of what may have changed is shown anew, unless somebody is choosing rows or filtering.
  function refreshList() {
    const list = document.querySelector("#list-body[data-live]");
    if (!list || list.querySelector("input[name=ids]:checked") || document.activeElement.closest("#list-filter")) return;
    const address = window.location.pathname + window.location.search;
    const headers = { "X-Dakehu-Background": "1" };
    window.htmx.ajax("GET", address, { target: "#list-body", swap: "outerHTML", headers });
  }

  function poll() {
    if (polling) return;
    polling = window.setInterval(ask, POLL_MS);
    ask();
  }
  function stopPolling() {
    window.clearInterval(polling);
    polling = 0;
  }

  function listen() {
    source = new EventSource(stream, { withCredentials: true });
    source.addEventListener("open", () => {
      pause = FIRST_MS;
      stopPolling();
    });
    source.addEventListener("news", ask);
    source.addEventListener("error", () => {
      poll();
      // What broke off is tried again by the browser; what was refused by us, ever more rarely.
      if (source.readyState !== EventSource.CLOSED) return;
      again = window.setTimeout(listen, pause);
      pause = Math.min(2 * pause, LONGEST_MS);
    });
  }
  function rest() {
    if (source) source.close();
    source = null;
    window.clearTimeout(again);
    stopPolling();
  }
  // Pages that nobody sees hold no stream: browsers keep only a few to one server.
  function wake() {
    rest();
    if (document.hidden) return;
    if (stream) listen();
    else poll();
  }
  document.addEventListener("visibilitychange", wake);
  wake();
})();
