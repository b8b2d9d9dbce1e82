/* A counter's screen. One history entry only: every way leads by location.replace, every form goes
   by fetch, so nobody finds the pages of the one before with "back". Left alone, it asks, counts
   down and clears itself. */
"use strict";

(function () {
  const root = document.documentElement;
  if (!root.hasAttribute("data-kiosk")) return;
  const START = "/kiosk/again";
  const IDLE = 90000;
  const ASKED = 15000;
  const REFRESH = 300000; // an untouched start page is brought up to date
  const FILES = /\.(pdf|csv|json|xml|ics|zip|txt|atom|docx|xlsx|svg|png)$|\/export\//;
  let touched = Date.now();
  let used = location.pathname !== "/kiosk";

  const word = (name) => document.getElementById("counter-words").getAttribute("data-" + name);
  const say = (sentence) => window.folkmoot && window.folkmoot.say(sentence, true);

  /** Nothing of a visitor stays on the device. */
  function forget() {
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch (error) { /* no storage, nothing to forget */ }
    if (window.speechSynthesis) window.speechSynthesis.cancel();
  }

  function again() {
    document.querySelectorAll("form").forEach((form) => form.reset());
    forget();
    location.replace(START);
  }

  /* ---- Left alone ---- */

  const dialog = () => document.getElementById("counter-idle");

  function stay() {
    touched = Date.now();
    used = true;
    dialog().hidden = true;
  }

  /** Any touch is a sign of life. What is pressed in the question itself must not vanish meanwhile. */
  function here(event) {
    if (dialog().hidden) stay();
    else if (!dialog().contains(event.target)) stay();
    else if (event.type === "keydown") touched = Date.now() - IDLE;
  }

  function watch() {
    const gone = Date.now() - touched;
    if (!used) {
      if (gone >= REFRESH) location.replace("/kiosk");
    } else if (gone >= IDLE + ASKED) {
      touched = Date.now();
      again();
    } else if (gone >= IDLE) {
      const seconds = Math.ceil((IDLE + ASKED - gone) / 1000);
      document.getElementById("counter-idle-clock").textContent = String(seconds);
      if (dialog().hidden) {
        dialog().hidden = false;
        document.getElementById("counter-stay").focus();
      }
    }
  }

  ["pointerdown", "touchstart", "keydown", "wheel", "input"].forEach((name) =>
    document.addEventListener(name, here, { capture: true, passive: true }));
  document.addEventListener("focusin", (event) => {
    const open = !dialog().hidden;
    if (open && !dialog().contains(event.target)) document.getElementById("counter-stay").focus();
  });
  setInterval(watch, 1000);

  /* ---- Ways ---- */

  function follow(event) {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const address = new URL(link.href, location.href);
    const leaves = address.origin !== location.origin;
    if (leaves || link.hasAttribute("download") || FILES.test(address.pathname)) say(word("elsewhere"));
    else if (address.pathname === START) again();
    else location.replace(address.href);
  }

  /** The answer to a form takes the place of what is read; a redirect is followed by replacing. */
  async function send(form, submitter) {
    const fields = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
    if (form.method === "get") {
      location.replace(form.action.split("?")[0] + "?" + fields);
      return;
    }
    try {
      const headers = { "X-Folkmoot-Background": "1" }; // the note is for the page that comes then
      const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin", headers });
      if (answer.redirected) return location.replace(answer.url);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = fresh.getElementById("main");
      if (!main) return say(word("failed"));
      const old = document.getElementById("main");
      old.innerHTML = main.innerHTML;
      (old.querySelector("[data-focus]") || old).focus();
      window.scrollTo(0, 0);
      document.dispatchEvent(new CustomEvent("folkmoot:ready"));
    } catch (error) {
      say(word("failed"));
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    else if (!event.target.closest("a[href]") && dialog().contains(event.target)) stay();
    else follow(event);
  }, true);
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    send(event.target, event.submitter);
  }, true);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "p") event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace(START);
  });
  document.querySelectorAll("form").forEach((form) => form.setAttribute("autocomplete", "off"));
  if (location.pathname === "/kiosk") forget();
})();
