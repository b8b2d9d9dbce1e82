/* Drafts: what is typed stays on this device, for its member, until it is sent or thrown away.
   On a shared device and at a kiosk nothing is written down. */
"use strict";

folkmoot.drafts = (function () {
  const PREFIX = "folkmoot:draft:";
  const OTHER = "|other"; // a second wording of the same form, typed in another window
  const LIFE = 60 * 24 * 3600 * 1000;
  const PAUSE = 150;
  const NEVER = /^(hidden|password|file|submit|button|reset|image)$/;
  const root = document.documentElement;
  const known = new WeakMap(); // form → when the version was written that this page read or wrote
  const due = new Map(); // form → timer
  const reader = () => root.getAttribute("data-member") || "guest";
  const shared = () => root.hasAttribute("data-shared-device");

  /* ---- The store ---- */

  function put(name, entry) {
    try {
      localStorage.setItem(name, JSON.stringify(entry));
    } catch (error) { /* private mode, or full: the text still stands in the page */ }
  }
  function drop(name) {
    try { localStorage.removeItem(name); } catch (error) { /* nothing was stored, then */ }
  }
  function read(name) {
    try {
      const entry = JSON.parse(localStorage.getItem(name) || "null");
      return entry && entry.fields && Date.now() - entry.at < LIFE ? entry : null;
    } catch (error) {
      return null;
    }
  }
  function names(start) {
    try {
      return Object.keys(localStorage).filter((name) => name.indexOf(start) === 0);
    } catch (error) {
      return [];
    }
  }
  const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);

  /* ---- A form and what stands in it ---- */

  /** The form's own name: where it is sent and what it is about, whatever page it stands on. */
  function slot(form) {
    const call = (one) => one.getAttribute("action") + "?" + Array.from(one.elements)
      .filter((field) => field.type === "hidden" && field.name && !/^(nonce|back|_)/.test(field.name))
      .map((field) => field.name + "=" + field.value).join("&");
    const own = call(form);
    const twins = Array.from(document.querySelectorAll("form[data-draft]")).filter((one) => call(one) === own);
    const place = twins.indexOf(form);
    return own + (place > 0 ? "#" + place : "");
  }
  function key(form) {
    if (shared() || !form.hasAttribute("data-draft") || form.method === "get") return null;
    return PREFIX + reader() + "|" + slot(form);
  }
  function groups(form) {
    const found = new Map();
    Array.from(form.elements).forEach((field) => {
      if (!field.name || !field.matches("input, textarea, select") || NEVER.test(field.type)) return;
      if (field.readOnly || field.disabled) return;
      found.set(field.name, (found.get(field.name) || []).concat(field));
    });
    return found;
  }
  /** A choice alone is made again in a moment; words are a draft. */
  const wordy = (form) => Array.from(groups(form).values()).some((group) =>
    group.some((field) => !ticks(field) && field.tagName !== "SELECT" && folkmoot.typed(field)));
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";

  /** The fields that differ from how the page came, each with all its values. */
  function fields(form) {
    const found = {};
    groups(form).forEach((group, name) => {
      if (!group.some(folkmoot.typed)) return;
      found[name] = ticks(group[0])
        ? group.filter((field) => field.checked).map((field) => field.value)
        : group.map((field) => field.value);
    });
    return found;
  }
  function fill(form, kept) {
    let changed = false;
    groups(form).forEach((group, name) => {
      const values = kept[name];
      if (!values) return;
      group.forEach((field, place) => {
        if (ticks(field)) {
          const on = values.indexOf(field.value) >= 0;
          changed = changed || field.checked !== on;
          field.checked = on;
        } else if (values[place] !== undefined && field.value !== values[place]) {
          const before = field.value;
          field.value = values[place];
          if (field.selectedIndex === -1) field.value = before; // a choice that is no more
          else changed = true;
        }
      });
    });
    return changed;
  }

  /* ---- Writing down ---- */

  function write(form) {
    clearTimeout(due.get(form));
    due.delete(form);
    const name = key(form);
    if (!name) return;
    const now = fields(form);
    const before = read(name);
    // Two windows on one form do not eat each other: the newest stands, the other is at hand.
    if (before && before.at !== known.get(form) && !same(before.fields, now)) put(name + OTHER, before);
    if (!wordy(form)) return drop(name);
    const at = Date.now();
    put(name, { at, page: location.pathname + location.search, title: document.title, fields: now });
    known.set(form, at);
  }
  const flush = () => Array.from(due.keys()).forEach(write);

  function typing(event) {
    const form = event.target.form;
    if (!form || !form.hasAttribute || !form.hasAttribute("data-draft")) return;
    clearTimeout(due.get(form));
    due.set(form, setTimeout(() => write(form), PAUSE));
  }
  ["input", "change"].forEach((name) => document.addEventListener(name, typing));
  ["pagehide", "freeze"].forEach((name) => window.addEventListener(name, flush));
  document.addEventListener("visibilitychange", flush);
  document.addEventListener("htmx:beforeRequest", flush);

  /* ---- Carried out: the draft has become a text ---- */

  function forget(form) {
    clearTimeout(due.get(form));
    due.delete(form);
    const note = form.querySelector(".draft-note");
    if (note) note.remove();
    const name = key(form);
    const entry = name && read(name);
    if (!entry) return;
    if (entry.at === known.get(form)) {
      const other = read(name + OTHER);
      drop(name);
      if (other) put(name, other);
    }
    drop(name + OTHER);
    known.delete(form);
  }
  // Before the swap: then neither the form nor whose page it is has changed yet.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    flush();
    const config = event.detail.requestConfig || {};
    const form = config.elt && config.elt.closest("form");
    if (form && config.verb !== "get" && event.detail.xhr.status < 400) forget(form);
  });
  /* Forms that load a whole page: the next page says whether it was carried out. */
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "get") return;
    write(event.target);
    const name = key(event.target);
    if (name) put("folkmoot:sent", name);
  });
  function arrived() {
    if (shared()) return names(PREFIX).forEach(drop);
    names(PREFIX).filter((name) => !read(name)).forEach(drop);
    const done = document.getElementById("toast") && !document.querySelector("main [data-focus], .error-page");
    names("folkmoot:sent").forEach((sent) => {
      if (done) drop(JSON.parse(localStorage.getItem(sent)));
      drop(sent);
    });
  }

  /* ---- Coming back ---- */

  function restore(form) {
    const name = key(form);
    if (!name || form.contains(document.activeElement) || Object.keys(fields(form)).length) return;
    adopt(name);
    const entry = read(name);
    if (!entry) return;
    known.set(form, entry.at);
    if (!fill(form, entry.fields)) return;
    for (let up = form.closest("details"); up; up = up.parentNode.closest("details")) up.open = true;
    tell(form, name);
  }
  /** What a guest typed belongs to the member that they turned out to be. */
  function adopt(name) {
    const mine = PREFIX + reader() + "|";
    const guest = name.replace(mine, PREFIX + "guest|");
    const entry = guest !== name && read(guest);
    if (!entry) return;
    if (!read(name)) put(name, entry);
    drop(guest);
  }
  function tell(form, name) {
    const old = form.querySelector(".draft-note");
    if (old) old.remove();
    const note = document.createElement("p");
    note.className = "draft-note";
    note.setAttribute("role", "status");
    note.textContent = folkmoot.word("draft") + " ";
    const offer = (word, deed) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = folkmoot.word(word);
      button.addEventListener("click", () => {
        deed();
        const first = form.querySelector("textarea, input:not([type=hidden])");
        if (first) first.focus();
      });
      note.appendChild(button);
    };
    const other = read(name + OTHER);
    offer("discard", () => {
      form.reset();
      note.remove();
      drop(name + OTHER);
      drop(name);
      if (!other) return;
      put(name, other);
      known.delete(form);
      restore(form);
    });
    if (other) {
      offer("other", () => {
        put(name + OTHER, read(name) || other);
        put(name, other);
        known.set(form, other.at);
        form.reset();
        fill(form, other.fields);
        tell(form, name);
      });
    }
    const last = form.querySelector(".submit");
    if (last) last.parentNode.insertBefore(note, last);
    else form.appendChild(note);
  }

  /** All drafts of this reader, as they can be left on the server. */
  function mine() {
    const start = PREFIX + reader() + "|";
    return names(start).map((name) => [name, read(name)]).filter((pair) => pair[1]).map(([name, entry]) => ({
      name: name.slice(start.length), page: entry.page, title: entry.title, fields: entry.fields,
    }));
  }
  /** Put one back on this device: a draft from the server, or a post that was not taken. */
  function bring(draft) {
    if (shared()) return;
    let name = PREFIX + reader() + "|" + draft.name;
    const there = read(name);
    if (there && same(there.fields, draft.fields)) return;
    if (there) name += OTHER;
    put(name, { at: Date.now(), page: draft.page, title: draft.title, fields: draft.fields });
  }
  function clear() {
    due.forEach((timer) => clearTimeout(timer));
    due.clear();
    [reader(), "guest"].forEach((who) => names(PREFIX + who + "|").forEach(drop));
  }
  /** Put drafts into forms that have just come; asked with every live change, so it must cost little. */
  function look() {
    const any = [reader(), "guest"].some((who) => names(PREFIX + who + "|").length);
    if (any) document.querySelectorAll("form[data-draft]").forEach(restore);
  }

  document.addEventListener("DOMContentLoaded", arrived);
  document.addEventListener("folkmoot:ready", look);
  return { bring, clear, fields, fill, flush, forget, look, mine, slot };
})();
