/* A row of a desk's lists: a name, what is known of it, and what can be done. */
"use strict";

folkmoot.deskrows = folkmoot.deskrows || (function () {
  function button(text, tone, deed) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-" + tone;
    made.textContent = text;
    made.addEventListener("click", deed);
    return made;
  }
  function row(title, lead, buttons, tone) {
    const made = document.createElement("li");
    made.className = "row" + (tone ? " row-" + tone : "");
    const head = document.createElement("p");
    head.className = "row-title";
    head.textContent = title;
    const text = document.createElement("p");
    text.className = "row-lead";
    text.textContent = lead;
    const acts = document.createElement("div");
    acts.className = "row-meta";
    acts.append(...buttons);
    made.append(head, text, acts);
    return made;
  }
  return { button, row };
})();
