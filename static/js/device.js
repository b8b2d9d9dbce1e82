/* The device: whose it is at the moment, what it keeps for them, and leaving it clean. */
"use strict";

folkmoot.device = (function () {
  const WHO = "folkmoot:who";
  const LOOK = "folkmoot:look";
  const OWED = "folkmoot:owed"; // whose drafts are still to be fetched from the server
  const PAGES = "folkmoot-pages-";
  const AFTER = 2000;
  const root = document.documentElement;
  const channel = window.BroadcastChannel ? new BroadcastChannel("folkmoot") : null;
  const scripts = document.currentScript ? document.currentScript.getAttribute("data-later").split(" ") : [];
  const shared = () => root.hasAttribute("data-shared-device");
  const reader = () => root.getAttribute("data-member") || "guest";
  let away = null; // who is signed in now, where that is no longer whom this page was drawn for
  let queueing = false;
  let gone = false; // whoever signs out: what is removed of theirs is not to be written anew
  let seen = null; // the reader of the page before a swap

  function store(name, value) {
    try {
      const before = localStorage.getItem(name);
      if (value !== undefined) localStorage.setItem(name, value);
      return before;
    } catch (error) {
      return null;
    }
  }
  /** What is good to wait for, but not for long: nobody is held here by their own device. */
  const soon = (wished) => Promise.race([wished, new Promise((done) => setTimeout(done, AFTER))]);
  const worker = (navigator.serviceWorker && window.isSecureContext && navigator.serviceWorker) || null;

  function forgetCaches(which) {
    if (!window.caches) return Promise.resolve();
    return caches.keys().then((names) => Promise.all(names.filter(which).map((name) => caches.delete(name))))
      .catch(() => undefined);
  }
  /** Remove the copies of pages that were drawn for other members. */
  const forgetPages = (except) =>
    forgetCaches((name) => name.indexOf(PAGES) === 0 && name !== except && name !== PAGES + "guest");
  function forgetBase(name) {
    return soon(new Promise((done) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = asked.onerror = done;
    })).catch(() => undefined); // none, then
  }
  /** The people of a meeting, whom a desk keeps for its clerk while the line may break. */
  const forgetRoll = () => forgetBase("folkmoot-roll");
  function forgetAll() {
    ["folkmoot", "folkmoot-desk"].forEach(forgetBase);
    forgetRoll();
    try { [WHO, OWED].forEach((name) => localStorage.removeItem(name)); } catch (error) { /* none, then */ }
    if (worker) worker.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
    return forgetCaches((name) => name.indexOf("folkmoot-") === 0);
  }

  /* ---- Who reads ---- */

  function arrive() {
    const copy = root.hasAttribute("data-kept-at") || document.getElementById("on-this-device");
    if (copy) {
      // The page for times without a line knows nobody; the device knows who was here last.
      const last = store(WHO);
      if (!root.hasAttribute("data-member") && last && last !== "guest") root.setAttribute("data-member", last);
      return;
    }
    if (channel) channel.postMessage(reader());
    if (shared()) return forgetAll();
    const before = store(WHO, reader());
    if (before !== reader()) {
      forgetPages(PAGES + reader());
      forgetRoll();
      store(OWED, reader());
    }
    if (reader() !== "guest" && store(OWED) === reader()) fetchDrafts();
    // What is kept for later must not hold up what is wanted now.
    if (worker) setTimeout(() => worker.register("/service-worker.js").catch(() => undefined), AFTER);
  }
  /** The page for times without a line looks and speaks as the others do. */
  function dress() {
    if (shared() || !worker || !worker.controller) return;
    const look = ["lang", "data-theme", "data-mode", "data-text"].map((name) => root.getAttribute(name)).join();
    if (store(LOOK, look) !== look) worker.controller.postMessage("stock");
  }

  /** What was left on the server at the last sign-out comes back, and is gone there. */
  function fetchDrafts() {
    const member = reader();
    fetch("/drafts.json", { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then((told) => {
        if (reader() !== member) return;
        if (!told.drafts.length) return store(OWED, "");
        told.drafts.forEach(folkmoot.drafts.bring);
        folkmoot.drafts.look();
        const body = new URLSearchParams(told.drafts.map((draft) => ["draft", draft.id]));
        // To be carried out although the reader is turning the page; else the next page tries again.
        return post("/drafts/received", body, true).then((answer) => answer.ok && store(OWED, ""));
      })
      .catch(() => undefined);
  }
  function post(path, body, keepalive) {
    const headers = { Accept: "application/json", "X-Folkmoot-Member": reader() };
    return fetch(path, { method: "POST", credentials: "same-origin", headers, body, keepalive: !!keepalive });
  }

  /** In another window somebody signed out or in: what is typed here stays, and is not sent. */
  function changed(now) {
    const mine = reader();
    if (mine === "guest" || root.hasAttribute("data-kept-at")) return;
    if (now === mine) {
      if (away) status("");
      away = null;
      return;
    }
    folkmoot.drafts.flush();
    if (!folkmoot.busy()) return location.reload();
    away = now;
    status(folkmoot.word(now === "guest" ? "signed-out" : "other-reader"));
  }
  function status(sentence) {
    const line = document.getElementById("device-status");
    if (!line) return;
    line.classList.toggle("stale-on", !!sentence);
    line.textContent = sentence;
  }
  if (channel) channel.onmessage = (message) => changed(message.data);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!away || form.method === "get" || form.closest("#account-menu")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    folkmoot.say(folkmoot.word(away === "guest" ? "signed-out" : "other-reader"), true);
  }, true);

  /* ---- Signing out ---- */

  const leaving = (form) => form.matches && form.matches("form[action='/sign-out']");
  function left() {
    folkmoot.drafts.flush();
    const waiting = queueing && folkmoot.queue ? folkmoot.queue.drafts() : [];
    return folkmoot.drafts.mine().concat(waiting);
  }
  /** Takes back the browser's address for messages; the server sends none there anyway. */
  function hush() {
    if (!worker || !worker.controller || !window.PushManager) return undefined;
    const told = worker.ready.then((here) => here.pushManager.getSubscription())
      .then((found) => found && found.unsubscribe()).catch(() => undefined);
    return soon(told);
  }
  /** Where there are drafts, there are two ways out. */
  document.addEventListener("toggle", (event) => {
    const form = event.target.querySelector && event.target.querySelector("form[action='/sign-out']");
    if (!form || !event.target.open || form.querySelector("[value=discard]") || !left().length) return;
    const keep = form.querySelector("button");
    const words = keep.querySelector("span") || keep;
    const discard = keep.cloneNode(true);
    words.textContent = form.getAttribute("data-keep");
    (discard.querySelector("span") || discard).textContent = form.getAttribute("data-discard");
    discard.name = "drafts";
    discard.value = "discard";
    form.appendChild(discard);
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!leaving(form) || shared()) return;
    event.preventDefault();
    const discard = event.submitter && event.submitter.value === "discard";
    const drafts = discard ? [] : left();
    const kept = drafts.length
      ? post("/drafts", new URLSearchParams([["drafts", JSON.stringify(drafts)]]))
      : Promise.resolve({ ok: true });
    kept.then((answer) => {
      // Signed out already: then there is nobody for whom to keep them there, and they stay here.
      if (answer.status === 401) return form.submit();
      if (!answer.ok) throw new Error(String(answer.status));
      folkmoot.drafts.clear();
      store(WHO, "guest");
      gone = true;
      const posts = queueing && folkmoot.queue ? folkmoot.queue.clear() : Promise.resolve();
      return Promise.all([forgetPages(PAGES + "guest"), forgetRoll(), posts, hush()]).then(() => form.submit());
    }).catch(() => folkmoot.say(folkmoot.word("not-kept"), true));
  });

  /* ---- What only some pages need ---- */

  function later() {
    const asked = document.querySelector("form[data-queue], #on-this-device") || store("folkmoot:waiting") === "1";
    if (queueing || !asked || shared() || !window.indexedDB) return;
    queueing = true;
    scripts.forEach((source) => {
      const script = document.createElement("script");
      script.src = source;
      script.async = false;
      document.body.appendChild(script);
    });
  }
  function copied() {
    const at = Date.parse(root.getAttribute("data-kept-at") || "");
    const shell = document.getElementById("on-this-device");
    if (shell) return location.pathname === "/offline" ? undefined : status(shell.getAttribute("data-missing"));
    if (at) status(folkmoot.word("copy").replace("{at}", new Date(at).toLocaleString(root.lang)));
  }
  function lacking() {
    if (window.isSecureContext) return;
    document.querySelectorAll("[data-needs-https]").forEach((line) => { line.hidden = false; });
  }
  document.addEventListener("folkmoot:ready", () => {
    if (reader() !== seen) {
      away = null;
      arrive();
    }
    seen = reader();
    dress();
    copied();
    if (away) status(folkmoot.word(away === "guest" ? "signed-out" : "other-reader"));
    later();
    lacking();
  });
  return { gone: () => gone, store };
})();
