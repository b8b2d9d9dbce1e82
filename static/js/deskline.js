/* The line of a desk: says every twenty seconds that the desk is there (the chair sees when it is
   not), and tells the page when the line is lost and when it is back. */
"use strict";

folkmoot.deskline = folkmoot.deskline || (function () {
  const BEAT = 20000;
  const place = () => document.getElementById("checkin");
  const open = () => !!place() && !!document.querySelector('#desk_head[data-open="yes"]');
  const desk = () => "/meetings/" + place().dataset.meeting + "/desk/" + place().dataset.venue;
  let lost = 0; // since when there is no line
  let left = ""; // the desk that this page says it keeps
  let timer = 0;

  /** What a request has shown of the line. */
  function heard(there) {
    const before = lost;
    lost = there ? 0 : lost || Date.now();
    if (!before === !lost) return;
    document.dispatchEvent(new CustomEvent("folkmoot:deskline", { detail: { there } }));
  }
  async function beat() {
    clearTimeout(timer);
    if (!open()) return;
    left = desk();
    timer = setTimeout(beat, BEAT);
    const headers = { Accept: "application/json", "X-Folkmoot-Member": folkmoot.deeds.clerk() };
    const answer = await fetch(desk() + "/here", { method: "POST", credentials: "same-origin", headers })
      .catch(() => null);
    heard(!!answer && answer.status < 500);
  }
  /** Nobody sits at this desk any more: that is no lost line. */
  function leave() {
    if (left && navigator.sendBeacon) navigator.sendBeacon(left + "/here", new URLSearchParams({ away: "1" }));
    left = "";
  }
  function follow() {
    if (left && !(open() && desk() === left)) leave();
    if (open() && !left) beat();
  }
  window.addEventListener("online", () => setTimeout(beat, Math.random() * 800));
  window.addEventListener("offline", () => heard(false));
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
  document.addEventListener("folkmoot:ready", follow);
  follow();
  return { heard, lost: () => lost };
})();
