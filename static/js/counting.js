/* How far the count of a large vote is, written down from what the event itself says: of many who
   wait, nobody has to ask back. */
"use strict";

document.addEventListener("folkmoot:event", (event) => {
  const said = event.detail.data || {};
  const line = document.getElementById("counted");
  if (event.detail.type !== "polls:ballots:counted" || !line || String(said.poll) !== line.dataset.poll) return;
  const number = (value) => Number(value).toLocaleString(document.documentElement.lang);
  const words = said.counted < said.total ? line.dataset.text : line.dataset.all;
  const bar = line.querySelector("progress");
  bar.max = said.total;
  bar.value = said.counted;
  line.querySelector("p").textContent = words.replace("{counted}", number(said.counted)).replace("{total}", number(said.total));
});
