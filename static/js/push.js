/* "Tell me on this device": asks the browser for its consent and an address, and posts them by the
   page's own form. Where the browser cannot, the page says so. */
"use strict";

(function () {
  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0)
  );
  const text = (buffer) => btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const words = () => document.getElementById("push-words");
  const say = (name) => { words().textContent = words().getAttribute("data-" + name); };
  const able = () => window.isSecureContext && "serviceWorker" in navigator && "PushManager" in window
    && "Notification" in window;

  async function subscribe(form) {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    const worker = await navigator.serviceWorker.ready;
    const found = await worker.pushManager.getSubscription();
    if (found) await found.unsubscribe();
    const made = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(words().getAttribute("data-server-key")),
    });
    form.elements.endpoint.value = made.endpoint;
    form.elements.key.value = text(made.getKey("p256dh"));
    form.elements.secret.value = text(made.getKey("auth"));
    form.requestSubmit();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "push-form" || form.elements.endpoint.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!able()) say("unable");
    else subscribe(form).catch(() => say("failed"));
  }, true);
})();
