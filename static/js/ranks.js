/* A ballot that puts options in an order: each can be moved by two buttons, by the arrow of its list
   or by hand. The lists of places stay what is sent; without this script they are all there is. */
"use strict";

(function () {
  const rows = (list) => Array.from(list.children);
  const field = (row) => row.querySelector("select");
  const place = (row) => Number(field(row).value) || 0;

  /* Those with a place in its order; the rest keep theirs, below. */
  function ordered(list) {
    const placed = rows(list).filter(place);
    return placed.sort((one, other) => place(one) - place(other));
  }

  const sorted = (list) => ordered(list).concat(rows(list).filter((row) => !place(row)));

  function number(list, placed) {
    placed.forEach((row, at) => {
      field(row).value = String(at + 1);
    });
    const rest = rows(list).filter((row) => !placed.includes(row));
    rest.forEach((row) => {
      field(row).value = "";
    });
    show(list, placed.concat(rest));
  }

  /* What has the focus keeps it: a row that holds it is never moved, the others go around it. */
  function show(list, order) {
    const kept = rows(list).find((row) => row.contains(document.activeElement));
    const at = order.indexOf(kept);
    order.forEach((row, index) => {
      if (row === kept) return;
      if (kept && index < at) list.insertBefore(row, kept);
      else list.appendChild(row);
    });
    list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Where places may be shared the others keep theirs. */
  function shift(list, row, by) {
    const others = rows(list).filter((one) => one !== row);
    const last = Math.max(0, ...others.map(place));
    const now = place(row);
    const to = now ? now + by : last + 1;
    const out = (!now && by > 0) || to > last + 1 || to > others.length + 1;
    field(row).value = out ? "" : String(Math.max(to, 1));
    show(list, sorted(list));
  }

  function move(list, row, by) {
    if (list.hasAttribute("data-equal")) {
      shift(list, row, by);
      return;
    }
    const placed = ordered(list);
    const at = placed.indexOf(row);
    if (at < 0 && by > 0) return;
    const to = at < 0 ? placed.length : at + by;
    if (at >= 0) placed.splice(at, 1);
    if (to <= placed.length) placed.splice(Math.max(to, 0), 0, row);
    number(list, placed);
  }

  /* A place that was chosen in the list: the others make room, unless a place may be shared. */
  function choose(list, row) {
    if (list.hasAttribute("data-equal")) {
      show(list, sorted(list));
      return;
    }
    const to = place(row);
    const placed = ordered(list).filter((one) => one !== row);
    if (to) placed.splice(Math.min(to - 1, placed.length), 0, row);
    number(list, placed);
  }

  /* Where it stands now, once for each press, in the page's one voice. */
  function say(list, row) {
    const voice = document.getElementById("announcer");
    if (!voice) return;
    const at = place(row);
    const words = list.getAttribute(at ? "data-placed" : "data-unplaced") || "";
    const named = words.replace("{name}", () => row.getAttribute("data-name"));
    voice.textContent = named.replace("{place}", String(at));
  }

  function button(list, row, words, sign, by) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.setAttribute("aria-label", words.replace("{name}", () => row.getAttribute("data-name")));
    made.textContent = sign;
    made.addEventListener("click", () => {
      move(list, row, by);
      say(list, row);
    });
    return made;
  }

  /* By hand: the row follows the pointer's height among the others. The page listens meanwhile, for
     a row that moves loses its hold on the pointer. */
  function drag(list, row, handle) {
    handle.style.touchAction = "none";
    const follow = (event) => {
      const under = rows(list).find((one) => {
        const box = one.getBoundingClientRect();
        return one !== row && event.clientY > box.top && event.clientY < box.bottom;
      });
      if (!under) return;
      const box = under.getBoundingClientRect();
      const below = event.clientY > box.top + box.height / 2;
      list.insertBefore(row, below ? under.nextElementSibling : under);
    };
    /* Only what was drawn gets a place: after those with one that now stand above it. */
    let before = [];
    const drop = () => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", drop);
      const all = rows(list);
      if (all.every((one, at) => one === before[at])) return;
      number(list, all.filter((one) => place(one) || one === row));
    };
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      before = rows(list);
      document.addEventListener("pointermove", follow);
      document.addEventListener("pointerup", drop);
      document.addEventListener("pointercancel", drop);
    });
  }

  function begin(list) {
    if (list.hasAttribute("data-ready")) return;
    list.setAttribute("data-ready", "");
    rows(list).forEach((row) => {
      const acts = document.createElement("p");
      acts.className = "actions";
      acts.appendChild(button(list, row, list.getAttribute("data-up"), "↑", -1));
      acts.appendChild(button(list, row, list.getAttribute("data-down"), "↓", 1));
      if (!list.hasAttribute("data-equal")) {
        const handle = document.createElement("span");
        handle.className = "rank-handle button button-quiet";
        handle.setAttribute("aria-hidden", "true");
        handle.textContent = "≡";
        acts.appendChild(handle);
        drag(list, row, handle);
      }
      row.appendChild(acts);
      field(row).addEventListener("change", () => choose(list, row));
    });
    show(list, sorted(list));
  }

  function all() {
    document.querySelectorAll("[data-ranks]").forEach(begin);
  }
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:load", all);
  if (document.readyState !== "loading") all();
}());
