/* A signature drawn with finger, pen or mouse; sent as the picture that the form asks for. */
(() => {
  "use strict";

  const form = document.querySelector("[data-signature]");
  const pad = form?.querySelector("[data-signature-pad]");
  const canvas = pad?.querySelector("canvas");
  const pen = canvas?.getContext?.("2d");
  const picture = form?.querySelector("input[type=file]");
  if (!pen || !picture || typeof DataTransfer === "undefined") return;

  pad.hidden = false;
  let drawing = false;
  let drawn = false;

  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  };
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      (event.clientX - box.left) * canvas.width / box.width,
      (event.clientY - box.top) * canvas.height / box.height,
    ];
  };

  clear();
  pen.strokeStyle = "#16233a";
  pen.lineWidth = 5;
  pen.lineCap = "round";
  pen.lineJoin = "round";

  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...placeOf(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...placeOf(event));
    pen.stroke();
    drawn = true;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => { drawing = false; });
  }
  pad.querySelector("[data-signature-clear]").addEventListener("click", clear);

  form.addEventListener("submit", (event) => {
    if (picture.files.length || !drawn) return;
    event.preventDefault();
    canvas.toBlob((blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], "signature.png", { type: "image/png" }));
      picture.files = files.files;
      form.elements.how.value = "DRAWN";
      form.requestSubmit();
    }, "image/png");
  });
})();
