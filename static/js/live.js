/* The live page: follows the streams named on <main>, by websocket or, where there is none, by
   asking. Everything comes in; what a person does goes out by forms. */
"use strict";

(function () {
  const POLL = 3000;
  const SLOWEST = 30000;
  const PATIENCE = 2500; // a gap shorter than this is not worth a word
  let streams = new Map(); // name → {view, after, own, drawn: `after` as the page last said it}
  let socket = null;
  let failures = 0; // of sockets, in a row, without a welcome
  let errors = 0; // of questions, in a row
  let retry = 0; // when to try a socket again instead of asking
  let hint = 0; // milliseconds the server asked us to stay away
  let timer = 0;
  let staleTimer = 0;
  let ended = false; // signed out or turned away: nothing more will come
  let heard = Date.now();

  /* ---- What to follow ---- */

  function wanted() {
    const main = document.getElementById("main");
    const found = new Map();
    if (!main || !main.dataset.liveStream) return found;
    const number = (text) => (text === undefined || text === "" ? null : Number(text));
    const data = main.dataset;
    found.set(data.liveStream, { view: data.liveView || null, after: number(data.liveAfter), own: false, drawn: data.liveAfter });
    if (data.liveOwn) found.set(data.liveOwn, { view: null, after: number(data.liveOwnAfter), own: true, drawn: "" });
    return found;
  }

  /** Follow what the page asks for; called at the start and after every swap. */
  function follow() {
    const now = wanted();
    const same = now.size === streams.size && Array.from(now).every(([name, ask]) => {
      const old = streams.get(name);
      return old && old.view === ask.view;
    });
    if (same && !ended) {
      now.forEach((ask, name) => {
        const known = streams.get(name);
        if (ask.drawn === known.drawn || ask.after === null) return;
        // The page was rendered anew. If that was before the last frame, catch up with it again.
        const older = ask.after < known.after;
        known.drawn = ask.drawn;
        known.after = ask.after;
        if (older) hello(name);
      });
      return;
    }
    hangUp();
    streams = now;
    ended = false;
    failures = errors = 0;
    if (streams.size) connect();
    else settle(true);
  }

  /* ---- The socket ---- */

  function connect() {
    clearTimeout(timer);
    if (!streams.size || ended) return;
    if (!window.WebSocket || (failures >= 2 && Date.now() < retry)) return poll();
    const [name, ask] = Array.from(streams)[0]; // desks and moderators are let in first
    const door = "/live?" + new URLSearchParams({ stream: name, view: ask.view || "" });
    let opening;
    try {
      opening = new WebSocket(location.protocol.replace("http", "ws") + "//" + location.host + door);
    } catch (error) {
      return lost();
    }
    socket = opening;
    opening.onopen = () => streams.forEach((ask, name) => hello(name));
    opening.onmessage = (message) => opening === socket && take(JSON.parse(message.data));
    opening.onclose = () => {
      if (opening !== socket) return;
      socket = null;
      lost();
    };
  }

  function lost() {
    failures += 1;
    worry();
    if (failures >= 2) retry = Date.now() + SLOWEST * (1 + Math.random());
    again(failures >= 2 ? 1 : failures);
  }

  function hello(name) {
    const ask = streams.get(name);
    if (!ask || !socket || socket.readyState !== 1) return;
    ask.asked = true;
    ask.said = ask.after;
    const words = { type: "hello", stream: name };
    if (ask.view) words.view = ask.view;
    if (ask.after !== null) words.after = ask.after;
    socket.send(JSON.stringify(words));
  }

  /** Full jitter: a hall full of phones must not come back in the same instant. */
  function again(times) {
    clearTimeout(timer);
    const most = Math.min(SLOWEST, 500 * Math.pow(2, times));
    const wait = hint ? hint * (1 + Math.random()) : Math.max(500, Math.random() * most);
    hint = 0;
    timer = setTimeout(connect, wait);
  }

  function hangUp() {
    clearTimeout(timer);
    const old = socket;
    socket = null;
    if (old) old.close();
  }

  /* ---- Asking instead, where sockets do not get through ---- */

  function poll() {
    const asks = Array.from(streams).map(([name, ask]) => {
      const query = [];
      if (ask.view) query.push("view=" + encodeURIComponent(ask.view));
      if (ask.after !== null) query.push("after=" + ask.after);
      return fetch("/live/" + encodeURI(name) + "/events?" + query.join("&"), {
        credentials: "same-origin", headers: { Accept: "application/json" },
      }).then((answer) => {
        if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
          if (!ask.own) part("reload");
          streams.delete(name);
          return;
        }
        if (!answer.ok) {
          hint = 1000 * Number(answer.headers.get("Retry-After") || 5);
          throw new Error(String(answer.status));
        }
        return answer.json().then((said) => said.messages.forEach(take));
      });
    });
    Promise.all(asks).then(() => {
      if (errors) retry = 0; // the server is back: perhaps the sockets are, too
      errors = 0;
      timer = setTimeout(connect, POLL * (document.hidden ? 5 : 1) * (0.8 + Math.random() * 0.4));
    }, () => {
      errors += 1;
      worry();
      again(errors + 1);
    });
  }

  /* ---- What comes in ---- */

  function take(message) {
    heard = Date.now();
    if (message.type === "bye") return farewell(message);
    const ask = streams.get(message.stream);
    if (!ask) return;
    if (message.type === "welcome") {
      folkmoot.clock.offset = Date.parse(message.server_time) - Date.now();
      // A page drawn since the hello was said knows more than that: what comes up to there is old.
      const ahead = message.after === ask.said && ask.after > message.after;
      if (!ahead) ask.after = message.after;
      ask.asked = false;
      if (socket) failures = 0;
      settle();
    } else {
      if (ask.asked) return; // a welcome is under way, and brings this too
      if (ask.after !== null && message.prev > ask.after) return hello(message.stream);
      const fresh = ask.after === null || message.seq > ask.after;
      if (fresh) {
        ask.after = message.seq;
        tell(message, ask);
      }
    }
    if (message.html) show(message.html);
  }

  function farewell(message) {
    if (message.retry_after) hint = 1000 * message.retry_after;
    if (message.stream) {
      const gone = streams.get(message.stream);
      streams.delete(message.stream);
      if (gone && !gone.own) part("reload");
    } else if (message.code === "signed-out" || message.code === "reload") {
      part(message.code);
    }
  }

  /** This page is no longer ours as it stands: load it again, but not out of a person's hands. */
  function part(code) {
    ended = true;
    hangUp();
    if (!folkmoot.busy()) {
      setTimeout(() => (folkmoot.busy() ? part(code) : location.reload()), 300 + Math.random() * 2000);
      return;
    }
    banner(code === "signed-out" ? "signed-out" : "changed", true);
  }

  function tell(message, ask) {
    document.dispatchEvent(new CustomEvent("folkmoot:event", { detail: message }));
    document.querySelectorAll("[hx-trigger*='live:personal']").forEach((region) => {
      const kinds = (region.getAttribute("data-live-personal") || "").split(/[\s,]+/).filter(Boolean);
      if (ask.own || kinds.some((kind) => message.type.indexOf(kind) === 0)) refresh(region);
    });
    document.querySelectorAll("[data-live-count]").forEach((line) => arrive(line, message));
  }

  /** “3 new since you opened the page”: what came is told, not pushed into what one is reading. */
  function arrive(line, message) {
    const data = line.dataset;
    const other = data.liveItem && String((message.data || {}).item) !== data.liveItem;
    if (message.type !== data.liveCount || other) return;
    const count = Number(data.count || 0) + 1;
    line.dataset.count = count;
    const link = line.querySelector("a") || line;
    link.hidden = false; // the line itself is always there, or nobody would hear of it
    link.textContent = (data.text || "{n}").replace("{n}", count);
  }

  const refreshing = new WeakSet();
  function refresh(region) {
    if (refreshing.has(region) || !window.htmx) return;
    refreshing.add(region);
    setTimeout(() => {
      refreshing.delete(region);
      if (region.isConnected) htmx.trigger(region, "live:personal");
    }, Math.random() * 800);
  }

  /* Frames come in bursts: of each block only the last HTML is drawn. */
  let waiting = null;
  function show(html) {
    if (waiting) return Object.assign(waiting, html);
    waiting = Object.assign({}, html);
    setTimeout(() => {
      const parts = waiting;
      waiting = null;
      Object.keys(parts).forEach((id) => {
        const element = document.getElementById(id);
        if (element) folkmoot.morph(element, parts[id]);
      });
      folkmoot.clock.tick();
    }, 40);
  }

  /* ---- The state of the line ---- */

  function banner(name, reload) {
    const line = document.getElementById("live-status");
    if (!line) return;
    line.classList.toggle("stale-on", !!name);
    line.textContent = name ? line.getAttribute("data-" + name) + " " : "";
    if (!reload) return;
    const link = document.createElement("a");
    link.className = "button button-plain";
    link.href = location.href;
    link.setAttribute("hx-boost", "false");
    link.textContent = line.getAttribute("data-reload");
    line.appendChild(link);
  }
  function worry() {
    if (staleTimer || ended) return;
    staleTimer = setTimeout(() => {
      staleTimer = -1;
      if (!ended) banner("stale");
    }, navigator.onLine === false ? 0 : PATIENCE);
  }
  function settle(quietly) {
    if (staleTimer === 0) return;
    clearTimeout(staleTimer);
    const shown = staleTimer === -1;
    staleTimer = 0;
    if (!shown) return;
    banner(quietly ? "" : "fresh");
    if (!quietly) setTimeout(() => { if (!staleTimer && !ended) banner(""); }, 4000);
  }

  /* ---- Waking up ---- */

  function wake() {
    if (!streams.size || ended) return;
    if (!socket) {
      clearTimeout(timer);
      timer = setTimeout(connect, Math.random() * 800);
    } else if ((staleTimer && socket.readyState === 1) || Date.now() - heard > 30000) {
      // A socket may have outlived the line, or a telephone's sleep: ask, hang up if nobody answers.
      const asked = Date.now();
      const held = socket;
      streams.forEach((ask, name) => hello(name));
      setTimeout(() => { if (held === socket && heard < asked) held.close(); }, 5000);
    }
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  window.addEventListener("online", wake);
  window.addEventListener("offline", worry);
  window.addEventListener("pagehide", hangUp);
  window.addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
  document.addEventListener("folkmoot:ready", follow);
})();
