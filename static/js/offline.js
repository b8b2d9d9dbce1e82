/* The page for times without a line: what this device has for its reader. */
"use strict";

(function () {
  const PAGES = "folkmoot-pages-";
  const lists = { drafts: "kept-drafts", pages: "kept-pages" };
  const here = () => document.getElementById("on-this-device");

  function row(list, href, title, more) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = href;
    link.textContent = title;
    link.setAttribute("hx-boost", "false");
    const note = document.createElement("span");
    note.className = "quiet";
    note.textContent = more;
    item.append(link, " ", note);
    list.appendChild(item);
    return item;
  }
  function settle(id) {
    const list = document.getElementById(id);
    const empty = list && list.parentNode.querySelector("[data-empty]");
    if (empty) empty.hidden = list.children.length > 0;
  }
  function drafts() {
    const list = document.getElementById(lists.drafts);
    list.textContent = "";
    folkmoot.drafts.mine().forEach((draft) => {
      const texts = Object.keys(draft.fields).map((name) => draft.fields[name].join(" "));
      const longest = texts.sort((one, two) => two.length - one.length)[0] || "";
      row(list, draft.page, draft.title || draft.page, longest.slice(0, 80));
    });
    settle(lists.drafts);
  }
  async function pages() {
    const list = document.getElementById(lists.pages);
    const found = [];
    for (const name of window.caches ? await caches.keys() : []) {
      if (name.indexOf(PAGES) !== 0) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const copy = await cache.match(request, { ignoreVary: true });
        if (!copy) continue;
        const title = /<title>([^<]*)/.exec(await copy.text());
        const url = new URL(request.url);
        const words = new DOMParser().parseFromString(title ? title[1] : url.pathname, "text/html").body.textContent;
        found.push({ href: url.pathname + url.search, words, at: Date.parse(copy.headers.get("x-kept-at") || "") });
      }
    }
    list.textContent = "";
    found.sort((one, two) => two.at - one.at).forEach((page) =>
      row(list, page.href, page.words, new Date(page.at).toLocaleString(document.documentElement.lang)));
    settle(lists.pages);
  }
  function show() {
    if (!here()) return;
    drafts();
    pages();
    settle("waiting");
  }
  document.addEventListener("folkmoot:ready", show);
  const waiting = document.getElementById("waiting");
  if (waiting) new MutationObserver(() => settle("waiting")).observe(waiting, { childList: true });
})();
