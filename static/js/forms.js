/* Forms: one press is one deed, in the name of whom the page was drawn for; ballots get their
   nonce; texts are counted. What is typed is kept by drafts.js. */
"use strict";

folkmoot.forms = (function () {
  const root = document.documentElement;
  const keys = new WeakMap();
  const running = new WeakMap();
  const nonced = new WeakSet();

  function random() {
    const bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  const ballot = (form) => !!form.querySelector("input[type=hidden][name=nonce]");
  const posts = (event) => (event.detail.requestConfig || event.detail).verb !== "get";

  /* ---- The same press twice is one deed ---- */

  /* A live update may make another deed of a form, even while its press is on its way. */
  const deedOf = (form) =>
    form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form));
  function keyOf(owner) {
    const deed = owner.matches("form") ? deedOf(owner) : "";
    const known = keys.get(owner);
    if (known && known.deed === deed) return known.key;
    const key = random();
    keys.set(owner, { deed, key });
    return key;
  }
  document.addEventListener("htmx:configRequest", (event) => {
    const detail = event.detail;
    const form = detail.elt.closest("form");
    if (!posts(event)) return;
    const member = root.getAttribute("data-member");
    if (member) detail.headers["X-Folkmoot-Member"] = member;
    if (!form || !ballot(form)) detail.headers["Idempotency-Key"] = keyOf(form || detail.elt);
  });
  const under = (form) => running.has(form) && running.get(form) === deedOf(form);
  /* Held back here, or htmx would send the second press once the first one is answered. */
  document.addEventListener("submit", (event) => {
    if (!under(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (!form || !posts(event)) return;
    if (under(form)) return event.preventDefault();
    running.set(form, deedOf(form));
    form.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt && event.detail.elt.closest("form");
    if (!form) return;
    running.delete(form);
    form.removeAttribute("aria-busy");
  });
  /* Words that come while the form is on its way would be neither sent nor kept. */
  document.addEventListener("beforeinput", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute && form.hasAttribute("aria-busy")) event.preventDefault();
  });
  /* What was carried out is over: the next press is another deed. */
  function carriedOut(form) {
    keys.delete(form);
    form.querySelectorAll("input[name=nonce]").forEach((field) => nonced.delete(field));
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const config = event.detail.requestConfig || {};
    const form = config.elt && config.elt.closest("form");
    if (form && posts(event) && event.detail.xhr.status < 400) carriedOut(form);
  });
  /* Forms that load a whole page. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("hx-boost") !== "false") return;
    if (under(form)) event.preventDefault();
    running.set(form, deedOf(form));
    setTimeout(() => running.delete(form), 8000); // a download leaves the page where it is
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach((form) => running.delete(form));
  });

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
    if (field.hasAttribute("data-count")) count(field);
  });

  document.addEventListener("folkmoot:ready", () => {
    document.querySelectorAll("input[type=hidden][name=nonce]").forEach((field) => {
      /* What is said of a number that the server drew is not true of ours. */
      field.form.querySelectorAll("[data-served]").forEach((note) => { note.hidden = true; });
      if (nonced.has(field)) return;
      nonced.add(field);
      field.value = random();
    });
  });
  return { carriedOut, keyOf, random };
})();
