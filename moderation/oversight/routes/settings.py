"""What a place looks for in texts, and its words for the rules."""

from collections.abc import Mapping
from typing import Any

from forum.base.db import reading, transaction
from forum.base.errors import NotFound
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from moderation.oversight import service
from moderation.oversight.queries import settings as queries
from moderation.oversight.screens.screen import Screen, screens
from moderation.reports.models import Rule
from moderation.reports.words import rule_words
from moderation.sanctions import queries as sanctions

routes = Routes("moderation.oversight.routes")
WORDS_MOST = 1000
TONGUES = ("zh_Hans_CN", "en")


@routes.get("/moderation/settings")
def settings(request: Request) -> Response:
    """The screens of a place and its words for each rule, for those who moderate it."""
    actor = request.member
    source = request.form if "place" in request.form.values else request.query
    place = source.text("place", max=64)
    with reading() as db:
        if not sanctions.moderates(db, actor, place):
            raise NotFound(_("There is no such page."))
        chosen = queries.effective(db, sanctions.around(db, actor, place))
        own = queries.own_reasons(db, place)
        named = members.place_names(db, actor, [place])[place]
        return request.page(
            db,
            place=place,
            title=named.title,
            url=named.url,
            screens=[_shown(screen, chosen[name]) for name, screen in screens().items()],
            texts=[
                (rule.value, rule_words(rule), [(it, own.get((rule, it), "")) for it in TONGUES])
                for rule in Rule
            ],
            said={lang: queries.reasons(db, [], lang) for lang in TONGUES},
        )


def _shown(screen: Screen, chosen: Mapping[str, Any]) -> dict[str, object]:
    """A screen as its form shows it."""
    return {
        "name": screen.name,
        "title": _(screen.title),
        "help": _(screen.help),
        "holds": screen.holds,
        "on": chosen["on"],
        "settings": [
            {
                "name": f"{screen.name}-{each.name}",
                "label": _(each.label),
                "lines": each.lines,
                "value": "\n".join(chosen[each.name]) if each.lines else chosen[each.name],
                "least": each.least,
                "most": each.most,
            }
            for each in screen.settings
        ],
    }


@routes.post("/moderation/settings", page="settings")
def set_screens(request: Request) -> Response:
    """Set all screens of a place."""
    form = request.form
    place = form.text("place", max=64)
    chosen = {name: _typed(form, screen) for name, screen in screens().items()}
    form.check()
    with transaction() as tx:
        service.set_screens(tx, request.member, place, chosen)
    note = _("Set. It holds for what is written from now on.")
    return request.done(f"/moderation/settings?place={place}", note=note)


def _typed(form: Form, screen: Screen) -> dict[str, Any]:
    values: dict[str, Any] = {"on": form.flag(f"{screen.name}-on")}
    for each in screen.settings:
        field = f"{screen.name}-{each.name}"
        if each.lines:
            text = form.text(field, max=20_000, optional=True)
            lines = [line.strip()[:60] for line in text.splitlines()]
            values[each.name] = list(dict.fromkeys(line for line in lines if line))[:WORDS_MOST]
        else:
            number = form.integer(field, optional=True, min=each.least, max=each.most)
            values[each.name] = each.default if number is None else number
    return values


@routes.post("/moderation/reasons", page="settings")
def set_reasons(request: Request) -> Response:
    """Set the place's words for each rule, by language; an empty one is the platform's."""
    form = request.form
    place = form.text("place", max=64)
    typed = {
        rule: {lang: form.text(f"{rule}-{lang}", max=400, optional=True) for lang in TONGUES}
        for rule in Rule
    }
    form.check()
    with transaction() as tx:
        service.set_reasons(tx, request.member, place, typed)
    return request.done(f"/moderation/settings?place={place}", note=_("Set."))
