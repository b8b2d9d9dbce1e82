/* The keyboard of the moderation queue: j and k go from row to row, letters press what a row offers.
   Whatever a letter does is a link or a button of the row as well. */
"use strict";

(function () {
  if (folkmoot.desk) return;
  folkmoot.desk = true;

  const rows = () => Array.from(document.querySelectorAll("[data-desk-row]"));
  const here = () => document.activeElement && document.activeElement.closest("[data-desk-row]");
  const typing = (it) => it.matches("input, select, textarea, [contenteditable]");

  /** The row so many further on; the first one where none has been chosen. */
  function go(by) {
    const all = rows();
    const at = all.indexOf(here());
    const next = at < 0 ? all[0] : all[at + by];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  }

  function keys() {
    const sheet = document.getElementById("desk-keys");
    if (sheet) sheet.querySelector("summary").click();
  }

  const press = (row, what) => {
    const it = row.querySelector(what);
    if (it) it.click();
    return Boolean(it);
  };

  function pressed(row, key) {
    if (key === "Enter") return document.activeElement === row && press(row, "[data-desk-open]");
    if (key === "c") return press(row, 'form[action$="/claim"] button[type="submit"]');
    return /^[a-z]$/.test(key) && press(row, '[data-desk-key="' + key + '"]');
  }

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("[data-desk]") || typing(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog:modal")) return;
    const row = here();
    if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
    else if (event.key === "?") keys();
    else if (!row || !pressed(row, event.key)) return;
    event.preventDefault();
  });
})();
