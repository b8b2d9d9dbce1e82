"""Who is meant in council minutes: "A. Hopkins", "Councillor A. Hopkins" and "Anna Hopkins"."""

import re

_TITLES = re.compile(
    r"\b(?:(?:his|her|their) worship|deputy|acting|mayor|councillors?|chair(?:person)?|alderman"
    r"|alderwoman|mr|mrs|ms|miss|dr|the|hon(?:ou?rable)?)\b\.?",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\s*(?:motion (?:made|moved) by|moved by|seconded by|by)\s*:?\s*", re.IGNORECASE
)
NAME_MOST = 40


def bare(name: str) -> str:
    """A name without titles, as it is shown."""
    return " ".join(_TITLES.sub(" ", name).replace(",", " ").split())[:NAME_MOST]


def key(name: str) -> tuple[str, str]:
    """What all forms of a name share: the initial and the surname."""
    words = bare(name).replace(".", ". ").split()
    if len(words) < 2:
        return "", "".join(words).casefold()
    return words[0][0].casefold(), " ".join(words[1:]).casefold()


def by(text: str) -> str:
    """The name in "Motion made by S. Lewis"; empty where nobody is named."""
    return _SAYS.sub("", text, count=1).strip()


def several(text: str) -> list[str]:
    """The names in "Councillors A. Hopkins, S. Lewis and P. Cuddy"."""
    return [name for name in re.split(r"\s*(?:,|;|&|\band\b)\s*", text) if bare(name)]
