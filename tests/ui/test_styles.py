"""The one sheet of the pages: bundled in layers, and flat for browsers that know none."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from ui.stage import Stage

from forum.base import i18n, pages, samples, styles

BUNDLES = ("", styles.PAPER)
SHEETS = [sheet for of in BUNDLES for layer in styles.LAYERS for sheet in styles.sheets(layer, of)]
X5 = (
    "Mozilla/5.0 (Linux; Android 10; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/86.0.4240.99 XWEB/4313 MMWEBSDK/20220903 Mobile Safari/537.36 MicroMessenger/8.0.28"
)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Safari/5"
WECHAT_IOS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/15E148 MicroMessenger/8.0.38"
)
SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/{} Safari/605.1.15"
)
AGENTS = [
    (X5, True),
    (CHROME.format("98.0.4758.80"), True),
    (CHROME.format("99.0.4844.51"), False),
    (CHROME.format("126.0.0.0"), False),
    (WECHAT_IOS.format("15_3_1"), True),
    (WECHAT_IOS.format("15_4"), False),
    (WECHAT_IOS.format("18_0"), False),
    (SAFARI.format("15.3"), True),
    (SAFARI.format("17.1"), False),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:96.0) Gecko/20100101 Firefox/96.0", True),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", False),
    ("a reader of its own kind", False),
    ("", False),
]

# What the flat sheet's readers would lose a whole rule by, and what belongs to the bundler.
FOREIGN = re.compile(
    r"@(?:layer|import|container|scope|supports\s+not)|:(?:is|where)\(|:not\([^()]*[\s,][^()]*\)"
    r"|(?<![\w-])(?:left|right)\s*:|(?:margin|padding|border)-(?:left|right)\b"
    r"|(?:text-align|float|clear):\s*(?:left|right)|(?<![\w-])&"
)


@pytest.mark.parametrize(("agent", "old"), AGENTS)
def test_old_browsers_are_known(agent: str, old: bool) -> None:
    assert styles.needs_flat(agent) is old


def test_a_file_dropped_into_a_folder_is_in_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(styles, "CSS", tmp_path)
    for layer in ("components", "print"):
        (tmp_path / layer).mkdir()
    (tmp_path / "base.css").write_text("p { margin: 0; }")
    (tmp_path / "components" / "b.css").write_text("/* B */\n.b { color: red; }")
    (tmp_path / "components" / "a.css").write_text(".a { color: blue; }")
    (tmp_path / "print" / "a.css").write_text(".a { display: none; }")
    layers = "@layer tokens, base, components, layout, modes, print;"
    assert styles.layered().split("\n") == [
        layers,
        *("@layer base {", "p { margin: 0; }", "}"),
        *("@layer components {", ".a { color: blue; }", ".b { color: red; }", "}"),
        *("@layer print {", "@media print {", ".a { display: none; }", "}", "}", ""),
    ]
    assert styles.flat() == (
        "p { margin: 0; }\n.a { color: blue; }\n.b { color: red; }\n"
        "@media print {\n.a { display: none; }\n}\n"
    )


def test_logical_sides_are_written_out_in_the_flat_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(styles, "CSS", tmp_path)
    (tmp_path / "base.css").write_text(
        "a { inset-inline-end: 0; margin-inline: calc(-1 * var(--s4)) max(1px, 2px); }\n"
        "b { inset: 0; border-block: 1px solid red; } "
        "i { padding-block: 1px; inset-block: 2px 3px; }"
    )
    assert styles.flat() == (
        "a { right: 0; margin-inline-start: calc(-1 * var(--s4)); "
        "margin-inline-end: max(1px, 2px); }\n"
        "b { top: 0; bottom: 0; left: 0; right: 0; border-block-start: 1px solid red; "
        "border-block-end: 1px solid red; } "
        "i { padding-block-start: 1px; padding-block-end: 1px; top: 2px; bottom: 3px; }\n"
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_says_only_what_every_reader_understands(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert FOREIGN.findall(text) == []
    assert text.count("{") == text.count("}")


def test_every_sheet_belongs_to_a_layer() -> None:
    folder = styles.CSS
    loose = {sheet for sheet in folder.rglob("*.css") if sheet not in SHEETS}
    assert {sheet.name for sheet in loose} <= {"minutes-file.css"}  # the style of exported files


def test_the_kinds_of_browsers_get_pages_of_their_own(app: object, client: Any) -> None:
    guest = client(None)
    linked = [
        re.search(r"/static/folkmoot(-flat)?\.css", guest.get("/", headers={"user-agent": a}).text)
        for a in (X5, CHROME.format("126.0"), X5)
    ]
    assert [found and found[1] for found in linked] == ["-flat", None, "-flat"]


def test_the_sheet_goes_out_packed_and_for_good(client: Any) -> None:
    answer = client(None).get(styles.address(), headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == styles.squeezed(styles.layered())
    assert int(answer.headers["content-length"]) < 16_000
    paper = client(None).get(styles.address(of=styles.PAPER), headers={"accept-encoding": "gzip"})
    assert int(paper.headers["content-length"]) < 4_000
    plain = client(None).get(styles.address(flat=True), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == styles.squeezed(styles.flat())


COMPARE = """async (flat) => {
  // One of each kind: an element's tag and classes, with those of its parents.
  const kind = (element) => element === document.body ? ""
    : kind(element.parentNode) + " " + element.tagName + "." + element.getAttribute("class");
  const one = new Map();
  document.querySelectorAll("body, body *").forEach((element) => one.set(kind(element), element));
  const all = Array.from(one.values());
  const follows = /^(block-size|inline-size|width|height|perspective-origin|transform-origin)$/;
  const names = Array.from(getComputedStyle(document.body)).filter((name) => !follows.test(name));
  const styleOf = (element, part) => {
    const style = getComputedStyle(element, part);
    if (part && style.content === "none") return [];
    return names.map((name) => style.getPropertyValue(name));
  };
  const parts = [null, "::before", "::after"];
  const look = () => all.map((element) => parts.map((part) => styleOf(element, part)));
  const rest = () => Promise.all(document.getAnimations().map((moving) => moving.finished));
  const sheet = document.querySelector("link[rel=stylesheet]");
  await rest();
  const layered = look(), found = new Set();
  await new Promise((done) => { sheet.onload = done; sheet.href = flat; });
  await rest();
  look().forEach((parts, i) => parts.forEach((values, part) => {
    const other = layered[i][part], name = kind(all[i]) + " " + part + " ";
    if (values.length !== other.length) found.add(name + "is drawn in one only");
    else values.forEach((value, k) => {
      if (value !== other[k]) found.add(name + names[k] + ": " + other[k] + " | flat " + value);
    });
  }));
  return Array.from(found).slice(0, 40);
}"""


def test_layered_and_flat_come_out_equal(page: Page, stage: Stage) -> None:
    """Every computed style of the style page, in both sheets, on screen and on paper."""
    with i18n.using("en"):
        known = {**pages.shared_context(), **stage.context, "path": "/style"}
        known |= {"s": samples.sample("en"), "pairs": samples.pairs()}
        body = pages.render("base/style.html", known, "main")
    stage.bodies["/style"] = f"{{% raw %}}{body}{{% endraw %}}"
    flat = styles.address(flat=True)
    for width, media, mode in ((390, "screen", "elder"), (1280, "screen", ""), (800, "print", "")):
        stage.context["mode"] = mode
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media, reduced_motion="reduce")  # type: ignore[arg-type]
        page.goto("/style")
        assert page.evaluate("document.querySelectorAll('body *').length") > 300
        found = page.evaluate(COMPARE, flat)
        assert not found, "\n".join(found)


def test_with_less_motion_what_changes_is_changed_at_once(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = '<p id="face" class="countdown-time">0:31</p>'
    page.emulate_media(reduced_motion="reduce")
    page.goto("/a")
    colours = page.evaluate(
        """() => {
          const face = document.getElementById("face"), style = getComputedStyle(face);
          const before = style.color;
          face.classList.add("is-over");
          return [before, style.color, document.getAnimations().length];
        }"""
    )
    assert colours[0] != colours[1]
    assert colours[2] == 0


def test_what_is_squeezed_says_the_same() -> None:
    text = (
        "@media (min-width: 1px) and (hover: hover) {\n.a > b,\n.c :not(.d) {\n"
        'margin: calc(-1 * var(--x)) max(1px, 2px);\nfont: "Noto Sans",\nserif;\n}\n}\n'
    )
    assert styles.squeezed(text) == (
        "@media (min-width:1px) and (hover:hover){.a>b,.c :not(.d){"
        'margin:calc(-1 * var(--x)) max(1px,2px);font:"Noto Sans",serif}}'
    )
