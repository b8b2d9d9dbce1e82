"""Where a verb leads back to: the page of the meeting on which its button stands."""

import re

from forum.base.web import Form

_PAGES = re.compile(r"console|edit|roll|desk/[1-9]\d{0,9}(\?q=[^#]{0,180})?")


def back(form: Form, meeting: int, anchor: str = "") -> str:
    """The page named by the hidden field `back`, else the page of everybody."""
    wanted = str(form.value("back"))
    here = f"/meetings/{meeting}"
    return f"{here}/{wanted}" if _PAGES.fullmatch(wanted) else f"{here}{anchor}"
