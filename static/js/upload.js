/* Sending a file in pieces: how much of it is there is shown, and after a cut it goes on from
   where the server has it. Without this script the form sends the file whole. */
"use strict";

(function () {
  const PAUSES = [1000, 2000, 5000, 10000]; // milliseconds between tries without a line
  const root = document.documentElement;

  function asked(path, fields, key) {
    const headers = { Accept: "application/json" };
    if (key) headers["Idempotency-Key"] = key;
    const member = root.getAttribute("data-member");
    if (member) headers["X-Folkmoot-Member"] = member;
    const options = { headers, credentials: "same-origin" };
    if (fields) {
      options.method = "POST";
      options.body = new FormData();
      Object.keys(fields).forEach((name) => options.body.append(name, fields[name]));
    }
    return fetch(path, options).then((answer) =>
      answer.json().catch(() => ({})).then((data) => ({ status: answer.status, data }))
    );
  }
  const later = (time) => new Promise((done) => setTimeout(done, time));

  /* Tries until the server has said something: a cut line, or a server that starts again. */
  async function surely(box, path, fields, words, key) {
    for (let at = 0; ; at += 1) {
      try {
        const answer = await asked(path, fields, key);
        if (answer.status !== 502 && answer.status !== 503 && answer.status !== 429) return answer;
        if (answer.data.code === "scanner_down" || at > 20) return answer;
      } catch (error) {
        box.say(words.waiting);
      }
      await later(PAUSES[Math.min(at, PAUSES.length - 1)]);
      if (!box.there()) throw new Error("left");
    }
  }

  function boxOf(form) {
    let line = form.querySelector(".upload");
    if (!line) {
      line = document.createElement("div");
      line.className = "upload";
      line.appendChild(document.createElement("progress"));
      const text = document.createElement("span");
      text.setAttribute("role", "status");
      line.appendChild(text);
      form.appendChild(line);
    }
    const bar = line.firstChild;
    bar.setAttribute("aria-label", folkmoot.word("sending"));
    return {
      say: (text) => { line.lastChild.textContent = text; },
      show: (part) => { bar.max = 1; bar.value = part; },
      there: () => document.contains(line),
      end: () => line.remove(),
    };
  }
  const mb = (bytes) => (bytes / 1e6).toFixed(1);

  function refused(form, answer) {
    const field = form.querySelector("input[type=file]");
    const fields = answer.data.fields || {};
    let line = form.querySelector(".upload-refused");
    if (!line) {
      line = document.createElement("p");
      line.className = "error upload-refused";
      line.id = "upload-refused";
      line.setAttribute("role", "alert");
      field.insertAdjacentElement("afterend", line);
    }
    line.textContent = fields.file || fields.alt || answer.data.message || folkmoot.word("failed");
    field.setAttribute("aria-describedby", line.id);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  async function send(form, file, words) {
    const box = boxOf(form);
    const alt = form.querySelector("[name=alt]");
    const mark = String(file.lastModified);
    const told = (offset) => {
      box.show(offset / file.size);
      box.say(words.sent.replace("{sent}", mb(offset)).replace("{size}", mb(file.size)));
    };
    box.say("");
    const about = { name: file.name, size: file.size, mark, alt: alt ? alt.value : "" };
    let answer = await surely(box, words.sending, about, words);
    while (answer.status < 300 && answer.data.offset < file.size) {
      const { id, offset, piece } = answer.data;
      told(offset);
      const part = file.slice(offset, offset + piece);
      answer = await surely(box, "/uploads/" + id, { offset, piece: part }, words);
      if (answer.status === 409) answer = await surely(box, "/uploads/" + id, null, words);
    }
    if (answer.status < 300) {
      told(file.size);
      box.say(words.looking);
      const last = "/uploads/" + answer.data.id + "/finish";
      answer = await surely(box, last, {}, words, folkmoot.forms.random());
    }
    if (answer.status < 300) {
      folkmoot.carry(answer.data.note || "");
      return location.assign(answer.data.url);
    }
    box.end();
    refused(form, answer);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const words = form.parentNode.dataset;
    const field = form.querySelector("input[type=file]");
    if (!words.sending || !field || !field.files.length || !field.files[0].size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const free = () => form.removeAttribute("aria-busy");
    send(form, field.files[0], words).then(free, free);
  }, true);
})();
