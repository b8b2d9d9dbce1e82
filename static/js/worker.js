/* The worker behind every page: what was read can be read again without a line, and what waits
   is sent when it is back. VERSION and outbox.js are put in front of this by the server.

   A page is kept only where its answer says for whom (x-folkmoot-keep), in that reader's own cache;
   that of another member goes when this one's page comes. */
"use strict";

const PAGES = "folkmoot-pages-";
const SHELL = "folkmoot-shell-" + VERSION;
const MOST = 40;
const OFFLINE = "/offline";

async function stock() {
  const cache = await caches.open(SHELL);
  const headers = { "X-Folkmoot-Background": "1" };
  const answer = await fetch(OFFLINE, { credentials: "same-origin", cache: "reload", headers });
  if (!answer.ok) throw new Error(String(answer.status));
  const text = await answer.clone().text();
  const assets = text.match(/\/static\/[^"'\s#]+\?v=\w+/g) || [];
  await cache.addAll(Array.from(new Set(assets)));
  await cache.put(OFFLINE, await dated(answer));
}

self.addEventListener("install", (event) => event.waitUntil(stock().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("folkmoot-shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
})()));

/** A copy that knows when it was taken. What compressed it on the way is gone by now. */
async function dated(answer) {
  const headers = new Headers(answer.headers);
  ["content-encoding", "content-length", "set-cookie"].forEach((name) => headers.delete(name));
  headers.set("x-kept-at", new Date().toISOString());
  return new Response(await answer.blob(), { status: 200, headers });
}

function address(text) {
  const url = new URL(text, location.href);
  url.hash = "";
  url.searchParams.delete("at");
  return url.href;
}

async function keep(answer, who) {
  const own = PAGES + who;
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PAGES) && name !== own && name !== PAGES + "guest");
  if (who !== "guest") await Promise.all(others.map((name) => caches.delete(name)));
  const cache = await caches.open(own);
  const key = address(answer.url);
  await cache.delete(key, { ignoreVary: true });
  await cache.put(key, await dated(answer));
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((old) => cache.delete(old, { ignoreVary: true })));
}

/** The copy of a page that this device has: the member's before that of everybody. */
async function kept(url) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES));
  names.sort((one, two) => Number(one === PAGES + "guest") - Number(two === PAGES + "guest"));
  for (const name of names) {
    const found = await (await caches.open(name)).match(address(url), { ignoreVary: true });
    if (found) return marked(found);
  }
  return null;
}
/** The page says itself that it is a copy, and of when. */
async function marked(copy) {
  const at = copy.headers.get("x-kept-at") || "";
  const text = (await copy.text()).replace("<html ", '<html data-kept-at="' + at + '" ');
  return new Response(text, { status: 200, headers: copy.headers });
}

async function visit(event) {
  const request = event.request;
  let answer = null;
  try {
    answer = (await event.preloadResponse) || (await fetch(request));
  } catch (error) { /* no line */ }
  if (answer && ![502, 503, 504].includes(answer.status)) {
    const who = answer.headers.get("x-folkmoot-keep");
    if (who && answer.ok) event.waitUntil(keep(answer.clone(), who));
    return answer;
  }
  const copy = (await kept(request.url)) || answer;
  if (copy) return copy;
  const shell = await caches.match(OFFLINE, { ignoreVary: true });
  return shell ? marked(shell) : Response.error();
}

async function asset(request) {
  const there = await caches.match(request);
  if (there) return there;
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(SHELL)).put(request, answer.clone());
    return answer;
  } catch (error) {
    // A page from before the last release: it does with the file as it is now.
    return (await caches.match(request, { ignoreSearch: true })) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) {
    if (url.searchParams.has("v")) event.respondWith(asset(request));
    return;
  }
  const boosted = request.headers.get("HX-Boosted") && !request.headers.get("HX-Target");
  if (request.mode === "navigate" || boosted) event.respondWith(visit(event));
});

self.addEventListener("message", (event) => {
  if (event.data === "stock") event.waitUntil(stock().catch(() => undefined));
});

self.addEventListener("sync", (event) => event.waitUntil(self.outbox.flush().then((told) => {
  if (told.waiting) throw new Error("still waiting");
})));

/* ---- What just happened, told by the server: one line, and where it stands ---- */

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch (error) { /* nothing that we said */ }
  event.waitUntil(self.registration.showNotification(told.title || told.site || "", {
    body: told.title ? told.site : "", tag: told.url, data: told.url || "/inbox",
    icon: "/static/icons/192.png", badge: "/static/icons/192.png",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // Nowhere but here: an address of another site is none of ours.
  const url = new URL(event.notification.data, location.origin);
  const here = url.origin === location.origin ? url.href : location.origin + "/inbox";
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((open) => {
    const same = open.find((page) => page.url === here);
    return same ? same.focus() : self.clients.openWindow(here);
  }));
});
