/* Reads the main text aloud where the browser can; elsewhere the buttons stay hidden. Each piece is
   read in the language that it is written in. */
"use strict";

(function () {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  const BLOCK = "h1,h2,h3,h4,p,li,dt,dd,th,td,legend,label,figcaption,blockquote,summary,caption";
  const SILENT = "[hidden],[aria-hidden='true'],nav,button,select,textarea,script,svg,.elder-bar";
  const ENDS = /[^。！？!?；;.\n]+[。！？!?；;.\n]*/g;
  const MOST = 180; // longer utterances are cut short by some browsers
  let queue = [];
  let state = "idle";
  let page = location.pathname + location.search;

  const shown = (element) => !element.closest(SILENT) && element.getClientRects().length > 0;
  const language = (element) => element.closest("[lang]").lang;

  /** The main text in reading order: one piece a block, cut at the ends of sentences. */
  function pieces() {
    const main = document.getElementById("main");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const blocks = [];
    let last = null;
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement;
      const words = walker.currentNode.data.replace(/\s+/g, " ");
      if (!words.trim() || !shown(holder)) continue;
      const block = holder.closest(BLOCK) || holder;
      const lang = language(holder);
      if (last && last.block === block && last.lang === lang) last.words += words;
      else blocks.push((last = { block, lang, words }));
    }
    const found = [];
    blocks.forEach(({ lang, words }) => {
      let part = "";
      (words.trim().match(ENDS) || []).forEach((sentence) => {
        if (part && part.length + sentence.length > MOST) {
          found.push({ lang, words: part });
          part = "";
        }
        part += sentence;
      });
      if (part.trim()) found.push({ lang, words: part });
    });
    return found;
  }

  function next() {
    const piece = queue.shift();
    if (!piece) return stop();
    const utterance = new SpeechSynthesisUtterance(piece.words);
    utterance.lang = piece.lang;
    const voice = speech.getVoices().find((one) => one.lang.toLowerCase() === piece.lang.toLowerCase())
      || speech.getVoices().find((one) => one.lang.slice(0, 2) === piece.lang.slice(0, 2));
    if (voice) utterance.voice = voice;
    utterance.rate = 0.9;
    utterance.onend = () => { if (state !== "idle") next(); };
    utterance.onerror = () => { if (state !== "idle") stop(); };
    speech.speak(utterance);
  }

  function stop() {
    state = "idle";
    queue = [];
    speech.cancel();
    label();
  }

  /** Bring the buttons in line with what goes on; a swapped page brings fresh ones. */
  function label() {
    const button = document.getElementById("aloud");
    const end = document.getElementById("aloud-stop");
    if (!button || !end) return;
    button.disabled = false; // it has had its place from the start, so that nothing moves
    end.hidden = state === "idle";
    const word = { idle: "read", reading: "pause", paused: "on" }[state];
    const name = button.getAttribute("data-" + word);
    const text = button.querySelector("span");
    if (text.textContent !== name) text.textContent = name;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-aloud], [data-aloud-stop]");
    if (!button) return;
    if (button.hasAttribute("data-aloud-stop")) return stop();
    if (state === "reading") {
      state = "paused";
      speech.pause();
    } else if (state === "paused") {
      state = "reading";
      speech.resume();
    } else {
      speech.cancel();
      queue = pieces();
      state = "reading";
      next();
    }
    label();
  });

  document.addEventListener("folkmoot:ready", () => {
    const here = location.pathname + location.search;
    if (here !== page) {
      page = here;
      stop();
    } else label();
  });
  window.addEventListener("pagehide", stop);
  label();
})();
