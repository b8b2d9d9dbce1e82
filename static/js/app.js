/* What every page gains from JavaScript. Without it all of this works by plain links and forms.
   Plain ES2018 for the browsers of old phones; nothing here is needed to read, post or vote. */
"use strict";

window.folkmoot = (function () {
  const root = document.documentElement;
  const FIELDS = "input, textarea, select";
  const FILES = /\.(pdf|csv|json|xml|ics|zip|txt|atom|docx|xlsx|svg|png)$|\/export\//;
  const kept = new WeakSet(); // forms that came back with what was typed in them
  let sent = null; // the form whose answer is being shown: it may be replaced
  let swap = "live"; // what is being swapped: "live" a part, "same" the same page, "away" another one

  const word = (name) => {
    const words = document.getElementById("words");
    return (words && words.getAttribute("data-" + name)) || "";
  };

  /* ---- What a person is typing is never replaced ---- */

  function typed(field) {
    const type = field.type;
    if (type === "hidden" || type === "submit" || type === "button" || field.readOnly) return false;
    if (type === "checkbox" || type === "radio") return field.checked !== field.defaultChecked;
    if (type === "file") return field.files.length > 0;
    if (field.tagName === "SELECT") {
      const usual = Array.from(field.options).findIndex((option) => option.defaultSelected);
      return !field.multiple && field.selectedIndex !== Math.max(usual, 0);
    }
    return field.value !== field.defaultValue;
  }

  const focused = (field) =>
    field === document.activeElement && !/^(submit|button|checkbox|radio)$/.test(field.type);

  function editing(element) {
    if (element === sent) return false;
    if (element.tagName === "FORM" && kept.has(element)) return true;
    const fields = Array.from(element.querySelectorAll(FIELDS));
    if (element.matches(FIELDS)) fields.push(element);
    return fields.some((field) => !(sent && sent.contains(field)) && (focused(field) || typed(field)));
  }

  const guards = {
    beforeNodeMorphed(old, fresh) {
      if (old.nodeType !== 1) return true;
      if (old.tagName === "FORM") {
        const same = fresh.getAttribute("action") === old.getAttribute("action");
        return !(swap !== "away" && same && editing(old));
      }
      const alone = old.matches(FIELDS) && (!old.form || swap === "live");
      return !(alone && swap !== "away" && editing(old));
    },
    beforeNodeRemoved(node) {
      return !(swap === "live" && node.nodeType === 1 && editing(node));
    },
    beforeAttributeUpdated(name, node) {
      if (name === "open" && node.tagName === "DETAILS") {
        const done = sent && node.contains(sent);
        return swap === "away" || (swap === "same" && node.matches(".menu, .confirm")) || !!done;
      }
      // What was made to hold the focus holds it on.
      if (name === "tabindex" && node === document.activeElement) return false;
      // The nonce of an uncast ballot stays, so that sending it again is the same ballot.
      return !(name === "value" && node.name === "nonce" && swap !== "away" && node.form !== sent);
    },
  };
  if (window.Idiomorph) Object.assign(Idiomorph.defaults.callbacks, guards);

  /** Bring the element to this HTML, leaving alone what is being typed, chosen or unfolded. */
  function morph(element, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const first = holder.content.firstElementChild;
    const whole = first && first.id === element.id && holder.content.children.length === 1;
    const id = element.id;
    swap = "live";
    if (window.Idiomorph) {
      Idiomorph.morph(element, html.trim(), { morphStyle: whole ? "outerHTML" : "innerHTML" });
    } else if (editing(element)) {
      return;
    } else if (whole) {
      element.replaceWith(first);
    } else {
      element.innerHTML = html;
    }
    const now = document.getElementById(id);
    if (window.htmx && now) htmx.process(now);
    ready();
  }

  /** Whether anything on the page is half typed. */
  function busy() {
    const main = document.getElementById("main");
    return !!main && editing(main);
  }

  /* ---- Going from page to page ---- */

  /** Asked for by the page itself: then nobody waits for its answer, nor is a note meant for it. */
  const background = (config) => !!config.triggeringEvent && config.triggeringEvent.type === "live:personal";
  document.addEventListener("htmx:configRequest", (event) => {
    if (background(event.detail)) event.detail.headers["X-Folkmoot-Background"] = "1";
  });

  const assets = (text) => (text.match(/\/static\/[^"'\s]+\.(?:css|js)\?v=\w+/g) || []).sort().join();
  const loaded = () => assets(document.head.innerHTML);
  const isPage = (text) => /^\s*<!doctype html/i.test(text);

  /** Language, looks and reader stand on <html>, which a swap of the body does not reach. */
  function dress(text) {
    const tag = text.match(/<html[^>]*>/i);
    if (!tag) return;
    const fresh = new DOMParser().parseFromString(tag[0], "text/html").documentElement;
    Array.from(root.attributes).forEach((old) => {
      if (!fresh.hasAttribute(old.name)) root.removeAttribute(old.name);
    });
    Array.from(fresh.attributes).forEach((now) => root.setAttribute(now.name, now.value));
  }

  function beforeSwap(event) {
    const detail = event.detail;
    const xhr = detail.xhr;
    const config = detail.requestConfig || {};
    const text = detail.serverResponse || "";
    const kind = xhr.getResponseHeader("Content-Type") || "";
    const path = detail.pathInfo.responsePath || detail.pathInfo.requestPath;
    const form = config.elt && config.elt.closest("form");
    sent = null;
    swap = "live";
    // An update may have taken away what was pressed, and with it htmx's way up to how body is swapped.
    if (config.elt && !config.elt.isConnected) config.elt.setAttribute("hx-ext", "morph");

    if (kind.indexOf("text/html") < 0 || xhr.getResponseHeader("Content-Disposition")) {
      detail.shouldSwap = false;
      if (xhr.status >= 400) folkmoot.say(text.length < 300 ? text : word("failed"), true);
      else if (config.verb === "get") location.assign(path);
      return;
    }
    if (background(config) && (xhr.status >= 400 || isPage(text))) {
      detail.shouldSwap = false;
      return;
    }
    if (form && (xhr.status < 400 || xhr.status === 422)) {
      sent = form; // carried out, or coming back with what was typed: either way the answer counts
      kept.delete(form);
      if (xhr.status < 400 && config.verb !== "get") form.reset();
    }
    if (!isPage(text)) {
      const note = xhr.getResponseHeader("Folkmoot-Note");
      if (note) folkmoot.say(decodeURIComponent(note));
      const own = text.match(/^\s*<\w+[^>]*?\sid="([^"]+)"/);
      if (own && own[1] === detail.target.id) detail.swapOverride = "morph:outerHTML";
      return;
    }
    const address = new URL(path, location.href);
    if (xhr.status < 400 && assets(text) && assets(text) !== loaded()) {
      // Another release, or a page with sheets of its own: load it whole.
      detail.shouldSwap = false;
      folkmoot.carry(new DOMParser().parseFromString(text, "text/html"));
      location.assign(address.href);
      return;
    }
    const same = xhr.status === 422 || (xhr.status < 400 && address.pathname === location.pathname);
    const turned = address.search !== location.search && config.verb === "get" && !form;
    const placed = detail.pathInfo.anchor || address.searchParams.has("at");
    swap = same ? "same" : "away";
    detail.target = document.body;
    detail.swapOverride = "morph:innerHTML show:" + (placed || (same && !turned) ? "none" : "window:top");
    dress(text);
  }

  /** A verb that lands where one was leaves no trace in the history, nor does a refused one. */
  function beforeHistory(event) {
    const update = event.detail.history;
    const refused = event.detail.xhr.status >= 400 && event.detail.requestConfig.verb !== "get";
    const here = location.pathname + location.search;
    const address = new URL(update.path, location.href);
    const at = address.searchParams.get("at");
    if (at) {
      // A redirect's #fragment does not survive a request by script: it travels as ?at=…
      address.searchParams.delete("at");
      address.hash = at;
      update.path = address.pathname + address.search + address.hash;
    }
    if (refused || address.pathname + address.search === here) update.type = "replace";
    if (refused) update.path = here;
  }

  function afterSwap(event) {
    const detail = event.detail;
    if (detail.target !== document.body) return ready();
    const wrong = document.querySelector("main [data-focus]");
    if (detail.xhr.status === 422 && wrong) {
      const form = wrong.closest("form");
      if (form) kept.add(form);
      wrong.focus();
      wrong.scrollIntoView({ block: "center" });
    } else if (swap === "away") {
      const main = document.getElementById("main");
      if (main) main.focus({ preventScroll: true });
      const announcer = document.getElementById("announcer");
      if (announcer) announcer.textContent = document.title;
    }
    const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (place && swap === "away" || place && /[?&]at=/.test(detail.pathInfo.responsePath || "")) {
      place.scrollIntoView({ block: "center" });
      place.classList.add("is-target"); // :target is set by real navigation only
    }
    ready();
  }

  document.addEventListener("htmx:beforeSwap", beforeSwap);
  document.addEventListener("htmx:beforeHistoryUpdate", beforeHistory);
  document.addEventListener("htmx:afterSettle", afterSwap);
  ["htmx:sendError", "htmx:timeout"].forEach((name) =>
    document.addEventListener(name, (event) => {
      const config = event.detail.requestConfig || {};
      if (config.verb !== "get" || event.detail.boosted) folkmoot.say(word("offline"), true);
    }));

  /* Files are fetched by the browser itself. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (link && (link.hasAttribute("download") || FILES.test(link.pathname))) event.stopPropagation();
  }, true);

  /* ---- Clocks ---- */

  function clockFace(milliseconds) {
    const over = milliseconds < 0;
    const seconds = over ? Math.floor(-milliseconds / 1000) : Math.ceil(milliseconds / 1000);
    const two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    return (over ? "+" : "") + (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(seconds % 60);
  }
  function tick() {
    document.querySelectorAll("[data-countdown-ends]").forEach((face) => {
      const ends = face.getAttribute("data-countdown-ends");
      const left = (/^\d+$/.test(ends) ? Number(ends) : Date.parse(ends)) - Date.now() - clock.offset;
      if (!(Math.abs(left) < 24 * 3600 * 1000)) return; // days are told in words
      face.textContent = clockFace(left);
      const label = face.parentNode.querySelector(".countdown-label");
      if (label) label.hidden = false;
      [face, face.closest(".clock")].forEach((shown) => { // the clock of a speech says it in words too
        if (!shown) return;
        shown.classList.toggle("is-short", left > 0 && left <= 30000);
        shown.classList.toggle("is-over", left <= 0);
      });
    });
  }
  const clock = { offset: 0, tick }; // offset: the server's clock minus ours
  setInterval(tick, 1000);

  /** Tell the other scripts that the page has new parts. */
  function ready() {
    sent = null;
    tick();
    document.querySelectorAll(".chain-here").forEach((here) => {
      const strip = here.parentNode;
      if (!strip.scrollLeft) strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
    });
    document.dispatchEvent(new CustomEvent("folkmoot:ready"));
  }
  document.addEventListener("DOMContentLoaded", ready);

  return { background, busy, clock, editing, kept, morph, typed, word };
})();
