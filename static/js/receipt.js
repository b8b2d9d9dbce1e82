/* A receipt against its ballot, worked out again by the browser; and a receipt's code out of an
   address that was scanned, which is never sent. SHA-256 by hand: the browser's own is only there
   over HTTPS, which a hall does not have. */
"use strict";

(function () {
  const rotate = (word, by) => (word >>> by) | (word << (32 - by));

  /* The constants are the first 32 bits of the fractions of roots of primes (FIPS 180-4). */
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  const K = primes.map((prime) => fraction(Math.cbrt(prime)));
  const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

  function sha256(bytes) {
    const length = ((bytes.length + 8) >> 6 << 6) + 64;
    const data = new Uint8Array(length);
    data.set(bytes);
    data[bytes.length] = 128;
    new DataView(data.buffer).setUint32(length - 4, bytes.length * 8);
    const view = new DataView(data.buffer);
    const hash = START.slice();
    for (let at = 0; at < length; at += 64) {
      const words = [];
      for (let t = 0; t < 64; t += 1) {
        if (t < 16) words[t] = view.getInt32(at + t * 4);
        else {
          const a = words[t - 15], b = words[t - 2];
          const low = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
          const high = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
          words[t] = (words[t - 16] + low + words[t - 7] + high) | 0;
        }
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let t = 0; t < 64; t += 1) {
        const one = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + words[t]) | 0;
        const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, n) => { hash[n] = (hash[n] + value) | 0; });
    }
    return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  function utf8(text) {
    return Array.from(unescape(encodeURIComponent(text)), (letter) => letter.charCodeAt(0));
  }

  function compare() {
    document.querySelectorAll("[data-receipt]").forEach((line) => {
      const same = sha256([0].concat(utf8(line.getAttribute("data-text")))) === line.getAttribute("data-receipt");
      line.textContent = line.getAttribute(same ? "data-same" : "data-other");
      line.setAttribute("data-found", same ? "same" : "other");
      if (!same) line.setAttribute("role", "alert");
    });
  }

  function scanned() {
    const code = location.hash.slice(1);
    const field = document.querySelector("input[name=code]");
    if (!field || !/^[0-9a-f]{16,64}$/.test(code)) return;
    field.value = code;
    history.replaceState(null, "", location.pathname);
  }

  function ready() {
    compare();
    scanned();
  }
  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
