/* For those who listen to the page or use no mouse: what has changed is told once, in a sentence,
   and the place where one was is never lost. */
"use strict";

(function () {
  const PAUSE = 1200; // one change comes in several parts, some of them fetched: told together
  let told = null; // the sentences that are known
  let timer = 0;
  let held = null; // what has the focus
  let around = []; // the ids around it, from within

  /* ---- What changed: [data-say] holds the sentence, the announcer is the one place to hear it ---- */

  /* What bears data-say-once is told the first time only, however its words change after that. */
  const sentences = () =>
    Array.from(document.querySelectorAll("#main [data-say]"), (it) => ({
      key: it.getAttribute("data-say-once") || it.getAttribute("data-say"),
      words: it.getAttribute("data-say"),
    }));

  function tell() {
    const now = sentences();
    const fresh = new Map();
    now.forEach((one) => told.some((old) => old.key === one.key) || fresh.set(one.key, one.words));
    const announcer = document.getElementById("announcer");
    told = now;
    if (announcer && fresh.size) announcer.textContent = Array.from(fresh.values()).join(" ");
  }
  /* A page that came as a whole speaks for itself by its title or its note, a part by its note. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { shouldSwap, target, xhr } = event.detail;
    if (!shouldSwap || (target !== document.body && !xhr.getResponseHeader("Folkmoot-Note"))) return;
    clearTimeout(timer);
    told = null;
  });
  function listen() {
    clearTimeout(timer);
    if (told) timer = setTimeout(tell, PAUSE);
    else told = sentences();
  }

  /* ---- Where one was: a button that has done its work is gone, the part of the page is there ---- */

  document.addEventListener("focusin", (event) => {
    held = event.target;
    around = [];
    for (let it = held; it; it = it.parentElement) if (it.id) around.push(it.id);
  });
  function shown(it) {
    if (!it || !it.isConnected) return false;
    return it.checkVisibility ? it.checkVisibility() : it.getClientRects().length > 0;
  }

  function keepPlace() {
    const now = document.activeElement;
    if (!held || shown(held) || (now && now !== document.body && now !== held)) return;
    let near = around.map((id) => document.getElementById(id)).find(shown);
    if (!near) return;
    if (near.matches("details")) near = near.querySelector("summary");
    else if (!near.hasAttribute("tabindex")) near.setAttribute("tabindex", "-1");
    near.focus({ preventScroll: true });
  }

  /* Browsers leave the focus half in the window, or under what is fixed at its edges. */
  let byKey = false;
  document.addEventListener("keydown", (event) => { byKey = event.key === "Tab"; }, true);
  document.addEventListener("pointerdown", () => { byKey = false; }, true);
  document.addEventListener("focusin", (event) => {
    const fixed = event.target.closest(".top, .bottom, .notes, .skip");
    if (byKey && !fixed) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  document.addEventListener("focusout", (event) => {
    if (!event.relatedTarget) setTimeout(keepPlace);
  });
  document.addEventListener("folkmoot:ready", () => {
    listen();
    keepPlace();
  });
})();
