/* The desk's quick way: find somebody by name or ticket, one tap, and on. What is done is written
   down first and sent then, so that a lost line changes nothing. Everything it does the page's forms
   do as well. */
"use strict";

(function () {
  if (folkmoot.checkin) return;
  folkmoot.checkin = true;
  const SOON = 4000; // after others' check-ins the roll is asked for again
  const MOST = 12;
  const LATER = 5000; // until what could not be sent is tried again
  const deeds = folkmoot.deeds;
  const deskline = folkmoot.deskline;
  const { button, row } = folkmoot.deskrows;
  let told = null; // the roll: {people, venues, open}
  let asked = ""; // for which desk the roll was asked
  let wish = 0;
  let chosen = null; // whom a ticket named
  let reading = null; // until the first roll of this desk is there

  const $ = (name) => document.getElementById("checkin-" + name);
  const place = () => document.getElementById("checkin");
  const here = () => ({ meeting: Number(place().dataset.meeting), venue: Number(place().dataset.venue) });
  const desk = () => "/meetings/" + here().meeting + "/desk/" + here().venue;
  const clock = (moment) => new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  function word(name, facts) {
    let text = $("words").getAttribute("data-" + name) || "";
    Object.keys(facts || {}).forEach((fact) => { text = text.replace("{" + fact + "}", facts[fact]); });
    return text;
  }
  const say = (text, tone) => {
    const line = $("said");
    line.className = "checkin-said" + (tone ? " banner banner-" + tone : "");
    line.textContent = text;
  };

  /* ---- The roll ---- */

  async function read() {
    if (!place()) return;
    const at = desk();
    const { meeting } = here();
    const headers = { Accept: "application/json" };
    const answer = await fetch(at + "/roll", { credentials: "same-origin", cache: "no-store", headers }).catch(() => null);
    if (!place() || desk() !== at) return;
    if (answer && answer.ok) {
      told = await answer.json();
      if (told.open) await deeds.keepRoll(meeting, told);
      else await deeds.forgetRoll(meeting);
    } else if (!told) {
      const kept = await deeds.roll(meeting);
      told = kept && kept.told;
    }
    await overlay();
    show();
  }
  /** What waits is shown as if it had been entered. */
  async function overlay() {
    if (!told) return;
    (await deeds.all()).forEach((deed) => {
      if (deed.clerk === deeds.clerk() && !deed.refused && !deed.same && deed.meeting === here().meeting) apply(deed);
    });
  }
  function apply(deed) {
    const one = told && told.people.find((person) => person.id === deed.member);
    if (one) one.venue = deed.deed === "in" ? deed.venue : 0;
  }
  document.addEventListener("folkmoot:event", (event) => {
    if (!place() || !/^meetings:(attendance|roll|meeting)/.test(event.detail.type)) return;
    clearTimeout(wish);
    wish = setTimeout(read, Math.random() * SOON);
  });

  /* ---- Finding ---- */

  const digits = (text) => text.normalize("NFKC").replace(/[\s.,·_-]/g, "");
  async function byTicket(code) {
    const bytes = window.crypto && crypto.subtle
      ? await crypto.subtle.digest("SHA-256", new TextEncoder().encode(here().meeting + ":" + code)) : null;
    const digest = bytes && Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 20);
    const one = digest && told && told.people.find((person) => person.code === digest);
    if (one) return one.id;
    const answer = await fetch(desk() + "/code", {
      method: "POST", credentials: "same-origin", body: new URLSearchParams({ code }),
      headers: { Accept: "application/json", "X-Folkmoot-Member": deeds.clerk() },
    }).catch(() => null);
    deskline.heard(!!answer && answer.status < 500);
    if (!answer) return 0;
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said.member;
    say((said.fields && said.fields.code) || said.message || "", "bad");
    return 0;
  }
  async function ticket(text) {
    if (!told) await reading; // who types fast is ahead of the roll
    const member = await byTicket(digits(text));
    if (!member || !told) return;
    chosen = member;
    const one = told.people.find((person) => person.id === member);
    if (one) say(one.name + ": " + standing(one), one.roll === "on" ? "info" : "warn");
    show();
    const button = $("found").querySelector("button");
    if (button) button.focus();
  }
  function found() {
    const text = $("find").value.trim().toLowerCase();
    const people = (told && told.people) || [];
    if (chosen) return people.filter((one) => one.id === chosen);
    return text ? people.filter((one) => one.name.toLowerCase().indexOf(text) >= 0).slice(0, MOST) : [];
  }
  function standing(one) {
    const where = one.venue === here().venue ? word("here")
      : one.venue ? word("at", { venue: told.venues[one.venue] || "" }) : word("absent");
    return word(one.roll) + " · " + where;
  }

  /* ---- Doing ---- */

  async function act(one, what) {
    const deed = deeds.note(Object.assign({ deed: what, member: one.id, believed: one.venue }, here()));
    const kept = deeds.keeps();
    if (kept) await deeds.put(deed);
    apply(deed);
    chosen = null;
    $("find").value = "";
    say(word((deskline.lost() ? "kept-" : "done-") + what, { name: one.name }), deskline.lost() ? "warn" : "good");
    show();
    $("find").focus({ preventScroll: true });
    if (kept) return flush();
    const got = await deeds.send(deed);
    deskline.heard(got.line);
    if (got.state !== "sent") say((got.said && got.said.message) || word("down-bare", { time: clock(Date.now()) }), "bad");
    return read();
  }
  /** The page's own forms, pressed without a line, wait as well. */
  function take(event) {
    const asked = event.detail.requestConfig || {};
    const form = place() && asked.elt && asked.elt.closest("form");
    const what = form && /\/desk\/\d+\/check-(in|out)$/.exec(form.getAttribute("action"));
    if (!what || !deeds.keeps()) return;
    const noted = new FormData(form).getAll("member").map((id) => {
      const one = told && told.people.find((person) => person.id === Number(id));
      return deeds.note(Object.assign({ deed: what[1], member: Number(id), believed: one ? one.venue : 0 }, here()));
    });
    form.reset();
    folkmoot.say(noted.map((deed) => word("kept-" + what[1], { name: name(deed) })).join(" "));
    Promise.all(noted.map(deeds.put)).then(overlay).then(show);
  }
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, take));

  let flushing = Promise.resolve();
  let later = 0;
  const waits = new Set(); // what has been told to wait is told once
  function flush() {
    flushing = flushing.then(() => deeds.flush((got, deed) => {
      deskline.heard(got.line);
      if (!place()) return;
      if (got.state === "waiting") {
        clearTimeout(later);
        later = setTimeout(flush, LATER * (1 + Math.random()));
        if (!waits.has(deed.key)) say(word("kept-" + deed.deed, { name: name(deed) }), "warn");
        waits.add(deed.key);
      }
      if (got.state === "refused") {
        say(name(deed) + ": " + deed.words, "bad");
        setTimeout(read, 0);
      }
    })).then(list, list);
    return flushing;
  }
  const name = (deed) => {
    const one = told && told.people.find((person) => person.id === deed.member);
    return one ? one.name : word("unknown", { id: deed.member });
  };

  /* ---- Showing ---- */

  function show() {
    if (!place()) return;
    const people = found();
    const offer = (one) => {
      if (!told.open) return [];
      if (one.venue === here().venue) return [button(word("do-out"), "plain", () => act(one, "out"))];
      return [button(word(one.venue ? "do-move" : "do-in"), "primary", () => act(one, "in"))];
    };
    $("found").replaceChildren(...people.map((one) =>
      row(one.name, standing(one), offer(one), one.roll === "on" ? "good" : "warn")));
    $("found").hidden = !people.length;
    if ($("find").value.trim() && !people.length && told) say(word("none"), "");
    list();
  }
  function choices(deed) {
    const gone = () => deeds.remove(deed).then(read);
    const again = (more) => () => deeds.put(Object.assign(deed, { refused: "", words: "", key: folkmoot.forms.random() }, more)).then(flush).then(read);
    if (deed.same) return [button(word("seen"), "plain", gone)];
    const wanted = deed.refused === "overtaken" || deed.refused === "struck_off"
      ? [button(word("anyway"), "primary", again({ anyway: true }))]
      : deed.refused === "meeting_over" ? [button(word("retry"), "plain", again({}))] : [];
    return wanted.concat(button(word("leave"), "quiet", gone));
  }
  async function list() {
    const every = await deeds.all();
    if (!place()) return;
    const mine = every.filter((deed) => deed.clerk === deeds.clerk());
    const rows = mine.map((deed) => {
      if (deed.same) return row(name(deed), word("same-" + deed.deed, { time: clock(deed.same) }), choices(deed), "info");
      if (deed.refused) return row(name(deed), deed.words, choices(deed), "bad");
      return row(name(deed), word("wait-" + deed.deed, { time: clock(deed.at - folkmoot.clock.offset) }), [], "warn");
    });
    const others = every.length - mine.length;
    if (others) rows.push(row(word("other", { n: others }), "", [], "info"));
    $("waiting").replaceChildren(...rows);
    $("waiting").hidden = $("waits").hidden = !rows.length;
    $("waits").textContent = rows.length ? word("waiting") : "";
  }

  /* ---- The line ---- */

  function line() {
    const lost = deskline.lost();
    const text = !lost ? word("up") : word(deeds.keeps() ? "down" : "down-bare", { time: clock(lost) });
    if ($("line").textContent !== text) $("line").textContent = text;
    $("line").className = "checkin-line" + (lost ? " banner banner-warn" : " quiet");
  }
  document.addEventListener("folkmoot:deskline", (event) => {
    if (!place()) return;
    line();
    if (event.detail.there) flush().then(read);
  });

  /* ---- The camera ---- */

  function camera() {
    const video = $("camera");
    const stop = () => {
      folkmoot.scan.stop(video);
      video.hidden = true;
      $("scan").lastElementChild.textContent = word("scan");
    };
    if (folkmoot.scan.on()) return stop();
    video.hidden = false;
    $("scan").lastElementChild.textContent = word("stop");
    return folkmoot.scan.start(video, place().dataset.jsqr, ticket).catch(() => {
      stop();
      lacking("camera");
    });
  }
  function lacking(what) {
    $("lacks").hidden = !what;
    $("lacks").textContent = what ? word("lacks-" + what) : "";
    $("scan").hidden = !!what;
  }

  /* ---- The page ---- */

  document.addEventListener("input", (event) => {
    if (event.target.id !== "checkin-find") return;
    chosen = null;
    if (/^\d{12}$/.test(digits(event.target.value))) ticket(event.target.value);
    else show();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#checkin-scan")) camera();
  });

  /** Also after each swap: the page comes back as the server drew it, without what stands here. */
  function start() {
    if (!place()) {
      asked = "";
      told = null;
      if (folkmoot.scan.on()) folkmoot.scan.stop(document.createElement("video"));
      return;
    }
    place().hidden = false;
    $("camera").hidden = !folkmoot.scan.on();
    if (asked !== desk()) {
      asked = desk();
      told = null;
      lacking(folkmoot.scan.lacks());
      if (!folkmoot.scan.lacks()) folkmoot.scan.ready(place().dataset.jsqr).catch(() => undefined);
      reading = read();
      flush();
    }
    line();
    show();
  }
  document.addEventListener("folkmoot:ready", start);
  start();
})();
