"""What a desk saw of somebody, in the reader's language."""

from forum.base.i18n import N_, _
from sessions.arrivals.models import Proof

PROOFS = {
    Proof.DOCUMENT: N_("I have seen an identity document"),
    Proof.REGISTER: N_("I found them in the residents' register"),
    Proof.VOUCHED: N_("Somebody whom I know vouches for them"),
}


def proof(value: Proof) -> str:
    """How the desk came to know somebody."""
    return _(PROOFS[value])
