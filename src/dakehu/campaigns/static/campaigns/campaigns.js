/* Campaigns: inputs that go with a choice, the parts of an SMS, calls by keyboard. */
(() => {
  "use strict";

  const form = document.querySelector("[data-campaign-form]");
  if (form) {
    const show = () => {
      for (const part of form.querySelectorAll("[data-campaign-when]")) {
        const [name, values] = part.dataset.campaignWhen.split(":");
        part.hidden = !values.split(",").includes(form.elements[name].value);
      }
    };
    form.addEventListener("change", show);
    show();
    const text = form.elements.text;
    const told = form.querySelector("[data-campaign-parts]");
    const basic = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Za-z_¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ^{}\\[~\]|€\f]*$/;
    const count = () => {
      const value = text.value.replace(/\r\n/g, "\n").trim();
      const plain = basic.test(value);
      const doubled = plain ? (value.match(/[\^{}\\[~\]|€\f]/g) || []).length : 0;
      const size = value.length + doubled;
      const [single, several] = plain ? [160, 153] : [70, 67];
      const parts = size <= single ? 1 : Math.ceil(size / several);
      told.textContent = size ? (parts === 1 ? `${size} ${told.dataset.one}` : `${size} ${told.dataset.many} ${parts}`) : "";
    };
    text.addEventListener("input", count);
    count();
  }

  const call = document.querySelector("[data-campaign-call]");
  if (call) {
    const again = call.querySelector("[data-campaign-again]");
    const show = () => {
      const chosen = call.querySelector("[name=result]:checked");
      again.hidden = !chosen || chosen.value !== "AGAIN";
    };
    call.addEventListener("change", show);
    show();
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        call.requestSubmit();
        return;
      }
      const typing = event.target.closest("textarea, select, input:not([type=radio])");
      if (typing || event.ctrlKey || event.metaKey || !/^[1-6]$/.test(event.key)) return;
      const option = call.querySelectorAll("[name=result]")[Number(event.key) - 1];
      if (!option) return;
      option.checked = true;
      option.focus();
      show();
    });
  }
})();
