/* Posts that wait for the line, as their writer sees them: what waits, whose turn it is, and what
   became of it. Loaded where something can wait. */
"use strict";

folkmoot.queue = (function () {
  const root = document.documentElement;
  const reader = () => root.getAttribute("data-member") || "guest";
  let entries = []; // of everybody on this device
  const mine = () => entries.filter((entry) => entry.member === reader());

  function word(name) {
    const words = document.getElementById("queue-words");
    return (words && words.getAttribute("data-" + name)) || "";
  }

  /* ---- Taking in what could not be sent ---- */

  function plain(data) {
    return new URLSearchParams(Array.from(data.entries()).filter((pair) => typeof pair[1] === "string")).toString();
  }
  function take(event) {
    const config = event.detail.requestConfig || {};
    const form = config.elt && config.elt.closest("form");
    if (!form || config.verb === "get" || !form.hasAttribute("data-queue") || reader() === "guest") return;
    // A file cannot wait: its writer is told that there is no line, and the words stand in the form.
    if (Array.from(form.querySelectorAll("input[type=file]")).some((one) => one.files.length)) return;
    const entry = {
      id: folkmoot.forms.random(),
      member: reader(),
      key: folkmoot.forms.keyOf(form),
      action: form.getAttribute("action"),
      body: plain(config.formData || new FormData(form)),
      slot: folkmoot.drafts.slot(form),
      fields: folkmoot.drafts.fields(form),
      page: location.pathname + location.search,
      title: document.title,
      at: Date.now(),
      // Where the line broke on the way it may have arrived: the key makes that harmless for a while.
      tried: navigator.onLine ? Date.now() : 0,
    };
    folkmoot.drafts.flush();
    outbox.put(entry).then(() => {
      folkmoot.forms.carriedOut(form);
      folkmoot.drafts.forget(form);
      form.reset();
      folkmoot.say(word("queued"));
      const worker = navigator.serviceWorker;
      if (worker && worker.controller) {
        worker.ready.then((found) => found.sync && found.sync.register("outbox")).catch(() => undefined);
      }
      return draw();
    }).catch(() => undefined); // no room: the text still stands in the form and its draft
  }
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, take));

  /* ---- Showing ---- */

  function line(entry) {
    const row = document.createElement("li");
    row.className = "waiting";
    const text = document.createElement("p");
    text.className = "waiting-text";
    text.textContent = Object.keys(entry.fields).map((name) => entry.fields[name].join(" "))
      .sort((one, two) => two.length - one.length)[0] || entry.title;
    const state = document.createElement("p");
    state.className = "waiting-state";
    state.textContent = word("waiting");
    row.append(text, state);
    [["edit", edit], ["drop", cancel]].forEach(([name, deed]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = word(name);
      button.addEventListener("click", () => deed(entry));
      row.appendChild(button);
    });
    return row;
  }
  function listFor(place) {
    const next = place.nextElementSibling;
    if (next && next.classList.contains("waiting-list")) return next;
    const list = document.createElement("ul");
    list.className = "waiting-list";
    list.setAttribute("aria-label", word("waiting"));
    place.insertAdjacentElement("afterend", list);
    return list;
  }
  function show(list, shown) {
    const now = shown.map((entry) => entry.id).join() + entries.length + reader();
    if (list.getAttribute("data-shown") === now) return;
    list.setAttribute("data-shown", now);
    list.textContent = "";
    shown.forEach((entry) => list.appendChild(line(entry)));
    if (entries.some((entry) => entry.member !== reader())) {
      const other = document.createElement("li");
      other.className = "waiting-state";
      other.textContent = word("others");
      list.appendChild(other);
    }
    list.hidden = !list.children.length;
    const folded = list.closest("details");
    if (folded && shown.length) folded.open = true;
  }
  function draw() {
    return outbox.all().then((found) => {
      entries = found;
      folkmoot.device.store("folkmoot:waiting", entries.length ? "1" : "0");
      const everywhere = document.getElementById("waiting");
      if (everywhere) show(everywhere, mine());
      document.querySelectorAll("form[data-queue]").forEach((form) => {
        const slot = folkmoot.drafts.slot(form);
        show(listFor(form), mine().filter((entry) => entry.slot === slot));
      });
    });
  }

  /* ---- Changing one's mind ---- */

  const draft = (entry) => ({ name: entry.slot, page: entry.page, title: entry.title, fields: entry.fields });
  const cancel = (entry) => outbox.remove(entry.id).then(draw);
  function edit(entry) {
    const form = Array.from(document.querySelectorAll("form[data-queue]"))
      .find((one) => folkmoot.drafts.slot(one) === entry.slot);
    return outbox.remove(entry.id).then(() => {
      folkmoot.drafts.bring(draft(entry));
      if (!form) return location.assign(entry.page);
      folkmoot.drafts.look();
      const field = form.querySelector("textarea");
      if (field) field.focus();
      return draw();
    });
  }

  /* ---- When the line is back ---- */

  /** What the server did not take becomes a draft again, with its words. */
  function giveBack() {
    const refused = mine().filter((entry) => entry.refused);
    return Promise.all(refused.map((entry) => {
      folkmoot.drafts.bring(draft(entry));
      folkmoot.say(entry.refused === "-" ? word("unsure") : word("refused") + " " + entry.refused, true);
      return outbox.remove(entry.id);
    })).then(() => {
      if (!refused.length) return;
      folkmoot.drafts.look();
      return draw();
    });
  }
  let again = 0;
  function send() {
    clearTimeout(again);
    if (navigator.onLine === false) return draw();
    return outbox.flush(reader()).then((told) => draw().then(() => {
      if (told.sent) folkmoot.say(word("sent"));
      if (told.busy) again = setTimeout(send, 1000);
      else if (told.waiting) again = setTimeout(send, 20000 + Math.random() * 20000);
      return giveBack();
    })).catch(() => undefined);
  }
  if (outbox.line) {
    outbox.line.onmessage = (event) => draw().then(() => {
      if (event.data.sent === reader()) folkmoot.say(word("sent"));
    });
  }
  window.addEventListener("online", () => setTimeout(send, Math.random() * 1500));
  document.addEventListener("folkmoot:ready", draw);
  send();

  return {
    drafts: () => mine().map(draft),
    clear: () => Promise.all(mine().map((entry) => outbox.remove(entry.id))).catch(() => undefined),
  };
})();
