/* Forms: one press is one deed, drafts survive, ballots get their nonce, texts are counted. */
"use strict";

(function () {
  const PREFIX = "folkmoot:draft:";
  const LIFE = 30 * 24 * 3600 * 1000;
  const root = document.documentElement;
  const keys = new WeakMap();
  const running = new WeakSet();
  const nonced = new WeakSet();
  const waiting = new WeakMap();

  function random() {
    const bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  const ballot = (form) => !!form.querySelector("input[type=hidden][name=nonce]");

  /* ---- The same press twice is one deed ---- */

  document.addEventListener("htmx:configRequest", (event) => {
    const detail = event.detail;
    const form = detail.elt.closest("form");
    if (detail.verb === "get" || (form && ballot(form))) return;
    const owner = form || detail.elt;
    if (!keys.has(owner)) keys.set(owner, random());
    detail.headers["Idempotency-Key"] = keys.get(owner);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (!form || event.detail.requestConfig.verb === "get") return;
    if (running.has(form)) return event.preventDefault();
    running.add(form);
    form.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt && event.detail.elt.closest("form");
    if (!form) return;
    running.delete(form);
    form.removeAttribute("aria-busy");
  });
  /* What was carried out is over: the next press is another deed, the draft has become a text. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const config = event.detail.requestConfig || {};
    const form = config.elt && config.elt.closest("form");
    if (!form || config.verb === "get" || event.detail.xhr.status >= 400) return;
    keys.delete(form);
    form.querySelectorAll("textarea").forEach((area) => forget(area));
    form.querySelectorAll("input[name=nonce]").forEach((field) => nonced.delete(field));
  });
  /* Forms that load a whole page. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") === "/sign-out") forgetAll();
    if (event.defaultPrevented || form.getAttribute("hx-boost") !== "false") return;
    if (running.has(form)) event.preventDefault();
    running.add(form);
    setTimeout(() => running.delete(form), 8000); // a download leaves the page where it is
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach((form) => running.delete(form));
  });

  /* ---- Drafts: on this device, for this member, until published or signed out ---- */

  function slot(area) {
    const member = root.getAttribute("data-member");
    const form = area.form;
    if (!member || !form || !form.hasAttribute("data-draft") || !area.name) return null;
    if (root.hasAttribute("data-shared-device")) return null;
    return PREFIX + [member, location.pathname, form.getAttribute("action"), area.name].join("|");
  }
  function store(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch (error) { /* private mode, or full: the text still stands in the page */ }
  }
  function stored(name) {
    try {
      const found = JSON.parse(localStorage.getItem(name) || "null");
      return found && Date.now() - found.at < LIFE ? found.text : null;
    } catch (error) {
      return null;
    }
  }
  function forget(area) {
    const name = slot(area);
    clearTimeout(waiting.get(area));
    if (name) store(name, null);
  }
  function forgetAll() {
    try {
      Object.keys(localStorage).filter((name) => name.indexOf(PREFIX) === 0).forEach((name) => store(name, null));
    } catch (error) { /* nothing was stored, then */ }
  }

  function keep(area) {
    const name = slot(area);
    if (!name) return;
    clearTimeout(waiting.get(area));
    // Taken down now, written a moment later: by then the field may be gone.
    const text = area.value === area.defaultValue ? null : area.value;
    const draft = text === null ? null : JSON.stringify({ at: Date.now(), text });
    waiting.set(area, setTimeout(() => store(name, draft), 200));
  }

  function restore(area) {
    const name = slot(area);
    const text = name && stored(name);
    if (!text || area.value !== area.defaultValue || area.value === text) return;
    area.value = text;
    const note = document.createElement("p");
    note.className = "draft-note";
    note.textContent = folkmoot.word("draft") + " ";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "button button-quiet";
    drop.textContent = folkmoot.word("discard");
    drop.addEventListener("click", () => {
      area.value = area.defaultValue;
      store(name, null);
      note.remove();
      area.focus();
    });
    note.appendChild(drop);
    area.insertAdjacentElement("afterend", note);
  }

  /* ---- While typing ---- */

  function count(area) {
    let line = area.parentNode.querySelector(".counter");
    if (!line) {
      line = document.createElement("p");
      line.className = "counter";
      area.insertAdjacentElement("afterend", line);
    }
    line.textContent = area.getAttribute("data-count").replace("{n}", area.maxLength - area.value.length);
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.form) keys.delete(field.form);
    if (field.tagName !== "TEXTAREA") return;
    keep(field);
    if (field.hasAttribute("data-count")) count(field);
  });

  document.addEventListener("folkmoot:ready", () => {
    if (root.hasAttribute("data-shared-device")) forgetAll();
    document.querySelectorAll("form[data-draft] textarea").forEach(restore);
    document.querySelectorAll("input[type=hidden][name=nonce]").forEach((field) => {
      if (nonced.has(field)) return;
      nonced.add(field);
      field.value = random();
    });
  });
})();
