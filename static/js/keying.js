/* Entering papers with the keyboard alone: figures choose, Enter goes on. Without it Tab and blank do. */
"use strict";

(function () {
  const form = () => document.getElementById("keying");
  const boxes = (place) => Array.from(place.querySelectorAll("input[type=radio], input[type=checkbox]"));
  const stops = () => Array.from(form().querySelectorAll("fieldset fieldset, select, input[type=number]"));

  const into = (stop) => {
    const field = stop && (stop.matches("fieldset") ? boxes(stop)[0] : stop);
    if (field) field.focus();
    return !!field;
  };
  const after = (field) => {
    const all = stops();
    const at = all.indexOf(field.closest("fieldset fieldset") || field);
    return at < 0 ? null : all[at + 1];
  };

  const start = () => {
    if (!form() || form().querySelector("[data-focus]")) return;
    const field = stops().length ? stops()[0] : boxes(form())[0];
    if (field) into(field);
  };

  const choose = (field, figure) => {
    if (field.matches("select")) {
      if (!Array.from(field.options).some((one) => one.value === figure)) return false;
      field.value = figure;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    }
    const group = field.closest("fieldset");
    if (!group || !field.matches("[type=radio], [type=checkbox]")) return false;
    const graded = field.name.startsWith("grade_");
    const one = graded ? boxes(group).find((box) => box.value === figure) : boxes(group)[Number(figure) - 1];
    if (!one) return false;
    one.focus();
    one.checked = one.type === "radio" || !one.checked;
    one.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  /** Whether the key meant something here. */
  const press = (field, key) => {
    if (!form() || !form().contains(field)) return false;
    if (key === "Enter" && field.matches("select, [type=radio], [type=checkbox]")) {
      form().requestSubmit();
      return true;
    }
    if (!/^\d$/.test(key) || !choose(field, key)) return false;
    if (field.matches("select") || field.name.startsWith("grade_")) into(after(field));
    return true;
  };

  /* Who types fast is ahead of the next paper: its keys wait for it, and none goes to the last one. */
  let waiting = false;
  let typed = [];

  document.addEventListener("submit", (event) => {
    waiting = event.target === form();
    typed = [];
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !form()) return;
    if (waiting && /^(\d|Enter)$/.test(event.key)) {
      typed.push(event.key);
      event.preventDefault();
    } else if (press(event.target, event.key)) event.preventDefault();
  });
  document.addEventListener("htmx:afterSettle", () => {
    const keys = waiting ? typed : [];
    waiting = false;
    start();
    if (!form() || form().querySelector("[data-focus]")) return;
    keys.forEach((key) => {
      if (waiting) typed.push(key);
      else press(document.activeElement, key);
    });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.failed) waiting = false;
  });
  start();
})();
