/* The Print button of a page made for paper; without JavaScript it stays hidden. */
"use strict";

(function () {
  const show = () => document.querySelectorAll("[data-print]").forEach((it) => { it.hidden = false; });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
