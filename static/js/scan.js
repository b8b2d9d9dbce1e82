/* The camera of a desk: reads QR codes with what the browser has, else with jsQR. It makes no sound,
   keeps no picture and sends none. */
"use strict";

folkmoot.scan = folkmoot.scan || (function () {
  const PACE = 180; // milliseconds between two looks
  const WIDE = 640;
  let stream = null;
  let timer = 0;
  let reader = null;

  /** Why there can be no camera: "https", "camera", or "" where there may be one. */
  function lacks() {
    if (!window.isSecureContext) return "https";
    return navigator.mediaDevices && navigator.mediaDevices.getUserMedia ? "" : "camera";
  }

  function load(source) {
    return new Promise((resolve, reject) => {
      if (window.jsQR) return resolve();
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }
  const canvas = document.createElement("canvas");
  function drawn(video) {
    const scale = Math.min(1, WIDE / (video.videoWidth || 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const paper = canvas.getContext("2d", { willReadFrequently: true });
    paper.drawImage(video, 0, 0, canvas.width, canvas.height);
    return paper.getImageData(0, 0, canvas.width, canvas.height);
  }

  /** How this browser reads a picture: by itself where it knows QR codes, else by the library. */
  async function ready(source) {
    if (reader) return;
    if (window.BarcodeDetector) {
      const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
      if (known.indexOf("qr_code") >= 0) {
        const detector = new BarcodeDetector({ formats: ["qr_code"] });
        reader = (video) => detector.detect(video).then((found) => (found.length ? found[0].rawValue : ""));
        return;
      }
    }
    await load(source);
    reader = async (video) => {
      const image = drawn(video);
      const found = jsQR(image.data, image.width, image.height, { inversionAttempts: "dontInvert" });
      return found ? found.data : "";
    };
  }

  /** Show the camera and look until something is read; rejects where it may not be used. */
  async function start(video, source, found) {
    await ready(source);
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: "environment" } } });
    video.srcObject = stream;
    await video.play();
    let before = "";
    const look = async () => {
      if (!stream) return;
      const text = video.videoWidth ? await reader(video).catch(() => "") : "";
      if (text && text !== before) found(text);
      before = text || before;
      timer = setTimeout(look, PACE);
    };
    look();
  }
  function stop(video) {
    clearTimeout(timer);
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
  }
  const on = () => !!stream;
  return { lacks, on, ready, start, stop };
})();
