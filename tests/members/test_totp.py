"""The codes of an authenticator, against the examples of RFC 6238."""

from base64 import b32encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.members import totp

SEED = b32encode(b"12345678901234567890").decode()
EXAMPLES = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize(("second", "code"), EXAMPLES.items())
def test_the_examples_of_the_standard(second: int, code: str) -> None:
    assert totp.code(SEED, second // totp.PERIOD) == code


@given(st.integers(min_value=100, max_value=10**9), st.integers(min_value=-3, max_value=3))
def test_a_code_counts_about_its_time_and_only_later_than_the_last(now: int, off: int) -> None:
    typed = totp.code(SEED, now + off)
    found = totp.matching(SEED, typed, now=now, after=0)
    near = {totp.code(SEED, step) for step in (now - 1, now, now + 1)}
    assert (found is not None) == (typed in near)
    if found is not None:
        again = totp.matching(SEED, typed, now=now, after=found)
        assert again is None or totp.code(SEED, again) == typed != totp.code(SEED, found - 1)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "一二三四五六", "2870 82"])
def test_what_is_typed_may_be_spaced_and_never_breaks(typed: str) -> None:
    found = totp.matching(SEED, typed, now=1, after=0)
    assert (found == 1) == (typed == "2870 82")


def test_the_picture_says_whose_code_it_is() -> None:
    uri = totp.uri(SEED, issuer="议事厅 Folkmoot", account="bob")
    assert uri.startswith("otpauth://totp/%E8%AE%AE")
    assert uri.endswith("%20Folkmoot")
    assert f":bob?secret={SEED}&" in uri
