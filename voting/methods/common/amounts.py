"""Amounts of money and areas: decimals of at most two places, counted exactly in hundredths."""

import re
from fractions import Fraction

AMOUNT = re.compile(r"(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?", re.ASCII)


def hundredths(text: str) -> int:
    """Read "120.5" as 12050; raises ValueError for what is no such decimal number."""
    match = AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def written(amount: int) -> str:
    """Hundredths as a decimal number, with the places that it needs: "120", "120.50"."""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)


def exact(units: int, scale: int) -> str:
    """Units of 1/scale as people write them: "85.32" where that ends, else as a fraction "4/3"."""
    value = Fraction(units, scale)
    for digits in range(10):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            text = str(scaled.numerator).rjust(digits + 1, "0")
            return f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return str(value)
