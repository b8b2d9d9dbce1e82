/* Captions: the newest line stays in sight unless the reader has scrolled up; who types changes the
   speaker without leaving the line. */
"use strict";

(function () {
  const NEAR = 40; // pixels from the end that still count as its
  let following = true;

  const view = () => document.getElementById("captions-live");
  const atEnd = (it) => it.scrollHeight - it.scrollTop - it.clientHeight <= NEAR;

  function show() {
    const it = view();
    const end = document.getElementById("captions-end");
    if (!it) return;
    if (following) it.scrollTop = it.scrollHeight;
    if (end) end.hidden = following;
  }

  document.addEventListener("scroll", (event) => {
    if (event.target !== view()) return;
    following = atEnd(event.target);
    show();
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#captions-end")) return;
    following = true;
    show();
    view().focus({ preventScroll: true });
  });
  document.addEventListener("folkmoot:ready", show);

  document.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || event.target.id !== "captions-words") return;
    const list = document.getElementById("captions-speaker");
    if (!list) return;
    event.preventDefault();
    const count = list.options.length;
    list.selectedIndex = (list.selectedIndex + step + count) % count;
    const announcer = document.getElementById("announcer");
    if (announcer) announcer.textContent = list.options[list.selectedIndex].text;
  });
})();
