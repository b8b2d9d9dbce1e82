"""A script that is typed into a field, into any field of any page, is a text like others."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import Window
from cast import Cast
from e2e.neighbourhood import Pages
from e2e.occasions import settle
from PIL import Image
from playwright.sync_api import Error, Page, Response

# Reads pages without showing them: their words, and the forms in which words can be typed, by what
# they do and whether they end something.
READ = """([paths, markup]) => Promise.all(paths.map(async (path) => {
  const text = await (await fetch(path)).text();
  const page = new DOMParser().parseFromString(text, 'text/html');
  const forms = Array.from(page.querySelectorAll('form[method=post]'))
    .filter((it) => !it.querySelector('[type=password]'))
    .filter((it) => it.querySelector('textarea:not([readonly]), [type=text], [type=tel]'))
    .map((it) => [it.getAttribute('action'), !!it.querySelector('.button-danger')]);
  const typed = Array.from(page.querySelectorAll('[type=text]'), (it) => it.defaultValue);
  const called = Array.from(page.querySelectorAll('[aria-label]'), (it) => it.ariaLabel);
  const words = page.body.textContent + typed.concat(called).join();
  return { path, forms, words, markup: !!page.querySelector(markup) };
}))"""
# Fills in a form: the words where there is room for words, what is possible elsewhere. Returns
# whether there was room at all.
FILL = """(form, { words, fitting }) => {
  let typed = false;
  for (const it of form.elements) {
    const room = it.maxLength < 0 || it.maxLength >= words.length;
    if (it.name in fitting) it.value = it.value || fitting[it.name];
    else if (it.matches('textarea, [type=text], [type=tel]')) {
      it.value = room ? words : 'x';
      typed = typed || room;
    } else if (it.type === 'file') {
      const files = new DataTransfer();
      const dot = [Uint8Array.from(fitting.picture)];
      files.items.add(new File(dot, 'dot.png', { type: 'image/png' }));
      it.files = files.files;
    } else if (it.type === 'datetime-local') it.value = it.value || '2030-03-05T19:00';
    else if (it.type === 'date') it.value = '2030-06-30';
    else if (it.type === 'number' && it.required && !it.value) it.value = it.min || 1;
    else if (it.type === 'radio' && fitting.wordy.includes(it.value)) it.checked = true;
    else if (it.type === 'radio' && !form.elements[it.name].value) it.checked = true;
    else if (it.matches('select') && it.required && !it.value) it.selectedIndex = 1;
  }
  return typed;
}"""
WRONG = "(form) => Array.from(form.querySelectorAll(':invalid'), (it) => it.name)"


def _dot() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    return out.getvalue()


# What is no free text: a login that there is, a time zone, the end of what begins at seven, a file,
# and what is to be chosen for the words beside it to count.
FITTING = {
    "code": "LILAC-2",
    "day": "",  # as the form has it: no day to come
    "ends_at": "2030-03-05T21:00",
    "first_day": "",
    "holder": "dana",
    "login": "dana",
    "logins": "charlie",
    "operator": "hui",
    "picture": list(_dot()),
    "place": "station:1",
    "role_logins": "charlie",
    "seed": "3 5",
    "staff_login": "charlie",
    "wordy": ["notice", "object"],
    "zone": "Asia/Shanghai",
}
MARKUP = "body script:not([src^='/static/']), img[src='x'], [onerror]"
# What the forms themselves bring about.
LATER: dict[str | None, list[str]] = {
    "alice": [
        "/reports/3", "/sanctions/2", "/consultations/setup?station=1", "/procedures/7",
        *(f"/measures/{number}" for number in range(2, 9)),
    ],
    "shu": [f"/minutes/{number}" for number in range(3, 20)],
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(cast: Cast) -> Pages:
    """Where there are forms."""
    return settle(cast)


def send(page: Page, action: str, words: str) -> bool | None:
    """Type the words into this form and send it; whether they were taken, None without room."""
    form = page.locator(f"form[action='{action}']").first
    if not form.count():
        return False
    if not form.evaluate(FILL, {"words": words, "fitting": FITTING}):
        return None
    assert not form.evaluate(WRONG), action

    def answers(answer: Response) -> bool:
        """What a page sends of its own accord is no form."""
        place = urlsplit(answer.url).path
        return answer.request.method == "POST" and place.startswith(urlsplit(action).path)

    with page.expect_response(answers) as posted:
        form.evaluate("(form) => form.requestSubmit()")
    posted.value.finished()
    if "/attach/" in action:  # goes up in pieces: the first answer is not the end of it
        page.wait_for_url(lambda url: action not in url)
    page.wait_for_load_state()
    assert page.locator(MARKUP).count() == 0, f"{action} of {page.url}"
    return posted.value.status < 400


def turn(page: Page, path: str) -> None:
    """Go there, after whatever page the last form's answer is still loading whole."""
    try:
        page.goto(path)
    except Error as error:
        if "net::ERR_ABORTED" not in error.message:
            raise
        page.wait_for_load_state()
        page.goto(path)


def read(page: Page, paths: list[str]) -> list[dict[str, Any]]:
    """Read these pages from one that nothing live and no answer under way takes away meanwhile."""
    turn(page, "/help")
    found: list[dict[str, Any]] = page.evaluate(READ, [paths, MARKUP])
    return found


def test_a_script_typed_into_every_field(window: Window, pages: Pages) -> None:
    windows = {who: window(who) for who in pages}
    found = {who: read(windows[who], pages[who]) for who in pages}
    forms = [
        (ending, windows[who], seen["path"], action)
        for who in pages
        for seen in found[who]
        for action, ending in seen["forms"]
    ]
    taken: dict[str, str] = {}
    tight: set[str] = set()  # these have no room for the words, on whatever page they stand
    for _ending, page, path, action in sorted(forms, key=lambda form: form[0]):
        kind = "".join("1" if letter.isdigit() else letter for letter in action)
        if kind not in taken and kind not in tight:
            turn(page, path)
            words = f'"><script>a({len(taken)})</script>'
            sent = send(page, action, words)
            if sent:
                taken[kind] = words
            elif sent is None:
                tight.add(kind)
    assert len(taken) > 30

    shown = ""
    for who in pages:
        for seen in read(windows[who], [*pages[who], *LATER.get(who, ())]):
            assert not seen["markup"], seen["path"]
            shown += seen["words"]
    assert not [kind for kind, words in taken.items() if words not in shown]
