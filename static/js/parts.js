/* What components gain: messages that wait for their reader, dialogs in front of the page, menus
   that close by themselves, and signs of long work. Without this file each of them is in the page. */
"use strict";

(function () {
  const CARRIED = "folkmoot:note";
  const USUAL = 12000;
  const WITH_BUTTON = 30000;
  const SLOW = 300; // what takes longer shows that it is under way

  /* ---- What has just happened ---- */

  let hush = 0;
  const toast = () => document.getElementById("toast");

  function made(sentence, bad) {
    const note = document.createElement("div");
    note.className = bad ? "toast toast-bad" : "toast";
    note.id = "toast";
    const text = document.createElement("p");
    text.textContent = sentence;
    note.appendChild(text);
    return note;
  }
  function say(sentence, bad) {
    const notes = document.getElementById("notes");
    if (!notes || !sentence) return;
    notes.textContent = "";
    notes.appendChild(made(sentence, bad));
    fade();
  }

  /** What an answer said goes along to the page that is now loaded whole; text, or that page. */
  function carry(from) {
    const note = typeof from === "string" ? from && made(from) : from.getElementById("toast");
    try {
      if (note) sessionStorage.setItem(CARRIED, note.outerHTML);
    } catch (error) { /* private mode: the deed is done all the same */ }
  }
  document.addEventListener("DOMContentLoaded", () => {
    let html = null;
    try {
      html = sessionStorage.getItem(CARRIED);
      sessionStorage.removeItem(CARRIED);
    } catch (error) { /* nothing was carried, then */ }
    const notes = document.getElementById("notes");
    if (!html || !notes || toast()) return;
    notes.innerHTML = html;
    if (window.htmx) htmx.process(notes);
    fade();
  });

  /** Let the message go after a while, but never from under a hand, an eye or a focus. */
  function fade() {
    clearTimeout(hush);
    const note = toast();
    if (!note) return;
    if (!note.querySelector(".toast-close")) note.appendChild(closer());
    const life = note.querySelector("form") ? WITH_BUTTON : USUAL;
    hush = setTimeout(() => (held(note) ? fade() : note.remove()), life);
  }
  const held = (note) => note.matches(":hover") || note.contains(document.activeElement);

  /* Who goes on by the keyboard sees where they are: the message never lies on the focus. What a
     pointer presses stays where it is, or the pointer would be let go beside it. */
  let pressing = false;
  document.addEventListener("pointerdown", () => { pressing = true; }, true);
  ["pointerup", "pointercancel"].forEach((name) =>
    document.addEventListener(name, () => { pressing = false; }, true));
  document.addEventListener("focusin", (event) => pressing || requestAnimationFrame(() => {
    const note = toast();
    const it = event.target;
    if (!note || !it.matches("a, button, summary, input, select, textarea")) return;
    if (note.contains(it) || !covers(note, it)) return;
    it.scrollIntoView({ block: "center", behavior: "instant" });
    if (covers(note, it)) note.remove(); // there is nowhere else to stand
  }));
  function covers(note, it) {
    const [over, under] = [note.getBoundingClientRect(), it.getBoundingClientRect()];
    return over.left < under.right && under.left < over.right
      && over.top < under.bottom && under.top < over.bottom;
  }

  function closer() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "toast-close";
    button.setAttribute("aria-label", folkmoot.word("close"));
    button.addEventListener("click", () => {
      const main = document.getElementById("main");
      toast().remove();
      if (main) main.focus({ preventScroll: true });
    });
    return button;
  }

  /* ---- Dialogs: <details><summary>…</summary><dialog open>…</dialog></details> ---- */

  const lifted = new WeakSet();
  const within = (details) => details.querySelector("dialog");

  /** Lift what opened in the page in front of it; the page behind it rests. */
  function lift(details) {
    const dialog = within(details);
    if (!dialog || !dialog.showModal || lifted.has(dialog)) return;
    dialog.removeAttribute("open"); // close() would tell of a close that was none
    lifted.add(dialog);
    dialog.showModal();
    const field = dialog.querySelector("textarea, input:not([type=hidden]), select");
    const grave = dialog.querySelector(".button-danger") && dialog.querySelector("[data-close]");
    const first = field || grave || dialog.querySelector("button[type=submit]");
    if (first) first.focus();
  }

  /** Put it back as the page has it: open within its details, which are closed. */
  function lower(dialog) {
    const details = dialog.closest("details");
    lifted.delete(dialog);
    details.removeAttribute("open");
    dialog.setAttribute("open", "");
    const lost = dialog.contains(document.activeElement) || document.activeElement === document.body;
    if (lost && details.isConnected) details.querySelector("summary").focus();
  }

  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.matches("details.confirm, details.dialog")) return;
    if (!details.open) {
      if (within(details) && lifted.has(within(details))) within(details).close();
    } else if (!details.querySelector(".field-wrong")) {
      lift(details); // one that comes back with errors stays in the page, where they are shown
    }
  }, true);
  document.addEventListener("close", (event) => {
    if (event.target.matches("details > dialog")) lower(event.target);
  }, true);
  document.addEventListener("click", (event) => {
    const dialog = event.target.closest && event.target.closest("details > dialog");
    const leave = dialog && event.target.closest("[data-close]");
    if (!leave && event.target !== dialog) return; // the dialog itself: the veil around its sheet
    if (lifted.has(dialog)) dialog.close();
    else lower(dialog);
  });

  /* ---- Menus close by a click elsewhere, by Escape, or when focus goes on ---- */

  function shut(except) {
    document.querySelectorAll("details.menu[open]").forEach((open) => {
      if (!except || !open.contains(except)) open.removeAttribute("open");
    });
  }
  /* What is in a menu may be fetched when it is first opened on a page. */
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    const place = menu.open && menu.matches("[data-load]") && menu.querySelector(".skeleton");
    if (!place || !window.htmx) return;
    const target = place.parentNode;
    htmx.ajax("GET", menu.getAttribute("data-load"), { source: target, target, swap: "innerHTML" });
  }, true);
  document.addEventListener("click", (event) => shut(event.target));
  document.addEventListener("focusin", (event) => shut(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (!open) return;
    shut();
    open.querySelector("summary").focus();
  });

  /* ---- Long work ---- */

  const under = new Map(); // what is on its way, each with the timer until it counts as slow

  function working(on) {
    const main = document.getElementById("main");
    document.documentElement.classList.toggle("is-working", on);
    if (main && on) main.setAttribute("aria-busy", "true");
    else if (main) main.removeAttribute("aria-busy");
  }

  document.addEventListener("htmx:beforeSend", (event) => {
    const xhr = event.detail.xhr;
    if (folkmoot.background(event.detail.requestConfig || {})) return;
    under.set(xhr, setTimeout(() => working(true), SLOW));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    clearTimeout(under.get(event.detail.xhr));
    under.delete(event.detail.xhr);
    if (!under.size) working(false);
    const form = event.detail.elt && event.detail.elt.closest("form");
    if (form) form.querySelectorAll(".upload").forEach((bar) => bar.remove());
  });

  /* Files on their way out: how far they are, beside the button that sent them. */
  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = event.target.closest && event.target.closest("form[enctype='multipart/form-data']");
    const { lengthComputable, loaded, total } = event.detail;
    if (!form || !lengthComputable || !event.detail.elt || total < 65536) return;
    let bar = form.querySelector(".upload");
    if (!bar) {
      bar = document.createElement("p");
      bar.className = "upload";
      bar.appendChild(document.createElement("progress")).max = 100;
      bar.appendChild(document.createElement("span"));
      form.appendChild(bar);
    }
    const share = Math.round((100 * loaded) / total);
    bar.firstChild.value = share;
    bar.firstChild.setAttribute("aria-label", folkmoot.word("sending"));
    bar.lastChild.textContent = share < 100 ? share + " %" : folkmoot.word("working");
  });

  document.addEventListener("folkmoot:ready", fade);
  Object.assign(folkmoot, { carry, say });

  /* ---- A script that only this page needs; not in the head, so that pages go on being swapped ---- */

  const fetched = {};
  document.addEventListener("folkmoot:ready", () => {
    document.querySelectorAll("[data-script]").forEach((it) => {
      const name = it.getAttribute("data-script");
      if (fetched[name]) return;
      fetched[name] = document.createElement("script");
      fetched[name].src = "/static/" + name;
      document.body.appendChild(fetched[name]);
    });
  });
})();
