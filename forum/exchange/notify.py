"""Nobody is told of an import: it is the operator's own doing."""

from forum.base.registry import silent
from forum.exchange.events import ConsultationImported

silent(
    ConsultationImported, because="the operator has just done it; the page says where it is from"
)
