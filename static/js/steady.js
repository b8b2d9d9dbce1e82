/* What comes in live moves nothing that is being read: marked words stay marked, the page stays
   where it is. */
"use strict";

(function () {
  const morph = folkmoot.morph;
  const anchored = window.CSS && CSS.supports && CSS.supports("overflow-anchor", "auto");
  const held = new Map(); // id → HTML of blocks that wait until nothing in them is marked

  function marked(element) {
    const range = window.getSelection && window.getSelection();
    return !!range && !range.isCollapsed && range.containsNode(element, true);
  }
  folkmoot.morph = function (element, html) {
    const id = element.id;
    if (marked(element)) return held.set(id, html);
    held.delete(id);
    const before = element.getBoundingClientRect();
    morph(element, html);
    const now = document.getElementById(id);
    // Browsers without scroll anchoring: what grew above the window moves the window along.
    if (!anchored && now && before.bottom <= 0) window.scrollBy(0, now.offsetHeight - before.height);
  };
  document.addEventListener("selectionchange", () => held.forEach((html, id) => {
    const element = document.getElementById(id);
    if (element) folkmoot.morph(element, html);
  }));
  document.addEventListener("htmx:beforeSwap", () => held.clear());
})();
