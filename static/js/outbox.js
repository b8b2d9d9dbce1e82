/* Posts that wait for the line: each with its member and its key, so that it is sent in no other
   name and taken once. Used by pages and by the worker. */
"use strict";

self.outbox = (function () {
  const BASE = "folkmoot";
  const STORE = "posts";
  const SURE = 36 * 3600 * 1000; // the server knows a key again for two days
  // Where one window, or the worker, tells the others what it has sent.
  const line = self.BroadcastChannel ? new BroadcastChannel("folkmoot-outbox") : null;
  const LATER = [401, 408, 425, 429, 502, 503, 504];

  function open() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(BASE, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }
  function work(mode, deed) {
    return open().then((base) => new Promise((resolve, reject) => {
      const step = base.transaction(STORE, mode);
      const asked = deed(step.objectStore(STORE));
      step.oncomplete = () => resolve(asked.result);
      step.onerror = step.onabort = () => reject(step.error);
    }).then(
      (found) => { base.close(); return found; },
      (error) => { base.close(); throw error; }
    ));
  }
  const all = () => work("readonly", (store) => store.getAll())
    .then((found) => found.sort((one, two) => one.at - two.at));
  const put = (entry) => work("readwrite", (store) => store.put(entry));
  const remove = (id) => work("readwrite", (store) => store.delete(id));

  /** Send one; resolves to "sent", "waiting" or "refused" (then `refused` says why). */
  async function send(entry) {
    if (entry.tried && Date.now() - entry.tried > SURE) {
      // Perhaps it arrived at the first try: only a person can tell by now.
      await put(Object.assign(entry, { refused: "-" }));
      return "refused";
    }
    const tried = entry.tried;
    await put(Object.assign(entry, { tried: tried || Date.now() }));
    let answer;
    try {
      answer = await fetch(entry.action, {
        method: "POST",
        credentials: "same-origin",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
          "Idempotency-Key": entry.key,
          "X-Folkmoot-Member": entry.member,
        },
        body: entry.body,
      });
    } catch (error) {
      if (navigator.onLine === false) await put(Object.assign(entry, { tried }));
      return "waiting";
    }
    if (answer.ok) {
      await remove(entry.id);
      if (line) line.postMessage({ sent: entry.member });
      return "sent";
    }
    const said = await answer.json().catch(() => ({}));
    const later = LATER.indexOf(answer.status) >= 0 || answer.status >= 500;
    if (later || said.error === "other_reader") return "waiting";
    await put(Object.assign(entry, { refused: said.message || "-" }));
    return "refused";
  }

  /** Send what waits, oldest first, from one window at a time; `member` leaves out what is not theirs. */
  function flush(member) {
    const deed = async (lock) => {
      const told = { sent: 0, waiting: 0, refused: 0, busy: lock === null };
      if (told.busy) return told; // another window is at it, or the worker
      for (const entry of await all()) {
        if (entry.refused || (member && entry.member !== member)) continue;
        told[await send(entry)] += 1;
      }
      return told;
    };
    return navigator.locks ? navigator.locks.request("folkmoot-outbox", { ifAvailable: true }, deed) : deed();
  }
  return { all, flush, line, put, remove };
})();
