"""The locks: everything pinned with digests, the same for both, and no addresses."""

import re
import tomllib

import pytest
from house.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
# GPL, LGPL and MPL tools serve development only.
NEVER_SHIPPED = {
    "axe-playwright-python", "djlint", "pytest", "hypothesis", "playwright", "mypy", "ruff",
}  # fmt: skip


def pins(lock: str) -> dict[str, str]:
    """The pinned version of each package of a lock."""
    text = (ROOT / lock).read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE))


def plain(name: str) -> str:
    """A package's name as locks write it, without extras, versions and markers."""
    return re.split(r"[\[;<>=!~ ]", name)[0].lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_digests_and_no_addresses(lock: str) -> None:
    """It installs from whatever index a machine uses, and only what was meant."""
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index-url" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_both_locks_agree() -> None:
    """The tests run on the versions that are shipped."""
    runtime, development = (pins(lock) for lock in LOCKS)
    assert all(runtime[name] == development[name] for name in runtime.keys() & development.keys())


def test_the_locks_hold_what_is_declared() -> None:
    """pyproject.toml names the direct needs; `.ci/lock` makes the locks of them."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime, development = (pins(lock) for lock in LOCKS)
    assert {plain(name) for name in declared["project"]["dependencies"]} <= runtime.keys()
    assert {plain(name) for name in declared["dependency-groups"]["dev"]} <= development.keys()
    assert not NEVER_SHIPPED & runtime.keys()
