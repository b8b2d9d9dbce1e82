/* Moments of a place elsewhere, told on the reader's own clock as well: only where the clocks of
   the two zones differ at that moment, for many zones share one clock. */
"use strict";

(function () {
  const parts = (moment, zone) =>
    new Intl.DateTimeFormat("en", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    }).format(moment);

  function tell(note) {
    try {
      const moment = new Date(note.getAttribute("data-moment"));
      const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
      if (parts(moment, own) === parts(moment, note.getAttribute("data-zone"))) return;
      const time = moment.toLocaleString(document.documentElement.lang, {
        timeZone: own,
        month: "short",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
      });
      note.textContent = note.getAttribute("data-words").replace("{time}", time);
    } catch (_unknown) {
      /* A zone that this browser does not know: the meeting's own time stands there. */
    }
  }

  function all() {
    document.querySelectorAll("[data-zone][data-moment]:empty").forEach(tell);
  }
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:load", all);
  if (document.readyState !== "loading") all();
}());
