// Forms with data-passkey ask the browser for a passkey before they are sent.
(function () {
  "use strict";
  const isAddress = /^(\d+\.){3}\d+$|^\[/.test(window.location.hostname);
  const isKnown = Boolean(window.webauthnJSON && window.webauthnJSON.supported());
  const works = window.isSecureContext && isKnown && !isAddress;

  function show(name) {
    document.querySelectorAll(`[data-passkey-${name}]`).forEach((words) => {
      words.hidden = false;
    });
  }
  function hide(name) {
    document.querySelectorAll(`[data-passkey-${name}]`).forEach((words) => {
      words.hidden = true;
    });
  }

  async function ask(form) {
    const question = JSON.parse(document.getElementById(form.dataset.passkeyFrom).textContent);
    const act = form.dataset.passkey === "create" ? "create" : "get";
    return JSON.stringify(await window.webauthnJSON[act](question));
  }

  async function answer(form, button) {
    hide("refused");
    button.disabled = true;
    try {
      form.elements.credential.value = await ask(form);
      form.submit();
    } catch {
      // Cancelled, timed out, or no passkey here: the browser does not tell sites which.
      show("refused");
      button.disabled = false;
    }
  }

  if (!works) show("absent");
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("[type=submit]");
    button.disabled = !works;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form, button);
    });
  });
})();
