"""The scripts that every page needs go out as one, packed, and for good."""

from typing import Any

from forum.base import scripts


def test_the_bundle_goes_out_packed_and_for_good(client: Any) -> None:
    assert scripts.address() in client(None).get("/").text
    answer = client(None).get(scripts.address(), headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == scripts.joined()


def test_every_script_is_in_it_without_its_comments() -> None:
    text = scripts.joined()
    for name in scripts.OWN:
        source = (scripts.STATIC / "js" / f"{name}.js").read_text()
        assert "`" not in source  # a string of many lines would lose what indents it
        code = source.partition("*/")[2]
        lines = [line.strip() for line in code.splitlines() if line.strip().endswith(("{", ";"))]
        assert lines
        kept = [line for line in lines if not line.startswith(("/*", "//"))]
        assert all(f"{line}\n" in text for line in kept)
    assert "\n/*" not in text
    assert text.count('"use strict";\n(function') + text.count('"use strict";\nwindow') >= 1
