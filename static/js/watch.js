/* A stream that this browser cannot play by itself is a link, and not a black rectangle. */
"use strict";

(function () {
  function look() {
    const video = document.getElementById("watch-video");
    const word = document.getElementById("watch-cannot");
    if (!video || !word || video.canPlayType("application/vnd.apple.mpegurl")) return;
    video.hidden = true;
    word.hidden = false;
  }
  document.addEventListener("folkmoot:ready", look);
})();
