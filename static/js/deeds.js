/* What a desk does while the line may be gone: its deeds, in order, each with its clerk and its key,
   and the roll by which it finds people. On a device of many nothing is written down. */
"use strict";

folkmoot.deeds = folkmoot.deeds || (function () {
  const root = document.documentElement;
  const LATER = [401, 408, 425, 429, 502, 503, 504];
  const KEPT = 3 * 24 * 3600 * 1000; // a roll that nobody asked for again
  const clerk = () => root.getAttribute("data-member") || "guest";
  const keeps = () => !!window.indexedDB && !root.hasAttribute("data-shared-device") && !root.hasAttribute("data-kiosk");

  /* The roll goes at sign-out; deeds hold numbers only and stay until their clerk has sent them. */
  const ROLL = ["folkmoot-roll", "rolls", { keyPath: "id" }];
  const DEEDS = ["folkmoot-desk", "deeds", { keyPath: "order", autoIncrement: true }];

  function work(place, mode, deed) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(place[0], 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(place[1], place[2]);
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        const base = asked.result;
        base.onversionchange = () => base.close();
        const step = base.transaction(place[1], mode);
        const found = deed(step.objectStore(place[1]));
        step.oncomplete = () => { base.close(); resolve(found && found.result); };
        step.onerror = step.onabort = () => { base.close(); reject(step.error); };
      };
    });
  }

  /* ---- The roll ---- */

  const roll = (meeting) => !keeps() ? Promise.resolve(null)
    : work(ROLL, "readonly", (store) => store.get(clerk() + ":" + meeting)).catch(() => null);
  function keepRoll(meeting, told) {
    if (!keeps() || folkmoot.device.gone()) return Promise.resolve();
    return work(ROLL, "readwrite", (store) => {
      const all = store.getAll();
      all.onsuccess = () => all.result.forEach((old) => {
        if (old.clerk !== clerk() || Date.now() - old.at > KEPT) store.delete(old.id);
      });
      store.put({ id: clerk() + ":" + meeting, clerk: clerk(), at: Date.now(), told });
    }).catch(() => undefined);
  }
  /** The meeting is over: nobody of it stays on the device, nor does a copy of the page. */
  function forgetRoll(meeting) {
    if (!keeps()) return Promise.resolve();
    const pages = !window.caches ? Promise.resolve() : caches.open("folkmoot-pages-" + clerk()).then((cache) =>
      cache.keys().then((found) => Promise.all(found
        .filter((one) => one.url.indexOf("/meetings/" + meeting + "/desk/") > 0)
        .map((one) => cache.delete(one, { ignoreVary: true })))));
    const row = work(ROLL, "readwrite", (store) => store.delete(clerk() + ":" + meeting));
    return Promise.all([pages, row]).catch(() => undefined);
  }

  /* ---- The deeds ---- */

  const all = () => keeps() ? work(DEEDS, "readonly", (store) => store.getAll()).catch(() => []) : Promise.resolve([]);
  const put = (deed) => work(DEEDS, "readwrite", (store) => store.put(deed));
  const remove = (deed) => work(DEEDS, "readwrite", (store) => store.delete(deed.order));

  /** Write a deed down as it is done; its time is the server's as far as it is known. */
  function note(deed) {
    return Object.assign({
      clerk: clerk(), key: folkmoot.forms.random(), at: Math.round(Date.now() + folkmoot.clock.offset),
    }, deed);
  }

  /** Send one; resolves to "sent", "waiting" or "refused", with what the server said. */
  async function send(deed) {
    const body = new URLSearchParams({
      deed: deed.deed, member: deed.member, done_at: deed.at, believed: deed.believed || 0,
      anyway: deed.anyway ? "1" : "",
    });
    let answer;
    try {
      answer = await fetch("/meetings/" + deed.meeting + "/desk/" + deed.venue + "/deeds", {
        method: "POST",
        credentials: "same-origin",
        headers: { Accept: "application/json", "Idempotency-Key": deed.key, "X-Folkmoot-Member": deed.clerk },
        body,
      });
    } catch (error) {
      return { state: "waiting", line: false };
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return { state: "sent", line: true, said };
    const later = LATER.indexOf(answer.status) >= 0 || answer.status >= 500 || said.error === "other_reader";
    return { state: later ? "waiting" : "refused", line: answer.status < 500, said };
  }

  /** Send what waits, in order: the first that cannot go holds the others. One window at a time. */
  function flush(tell) {
    const going = async () => {
      for (const deed of await all()) {
        if (deed.clerk !== clerk() || deed.refused || deed.same) continue;
        const found = await send(deed);
        if (found.state === "sent" && found.said.outcome === "same") {
          await put(Object.assign(deed, { same: found.said.since || "-" }));
        } else if (found.state === "sent") {
          await remove(deed);
        } else if (found.state === "refused") {
          await put(Object.assign(deed, { refused: found.said.error || "-", words: found.said.message || "" }));
        }
        tell(found, deed);
        if (found.state === "waiting") return;
      }
    };
    if (!keeps()) return Promise.resolve();
    return navigator.locks ? navigator.locks.request("folkmoot-desk", going) : going();
  }

  return { all, clerk, flush, forgetRoll, keepRoll, keeps, note, put, remove, roll, send };
})();
