"""Letters that can be answered say so: each to the address of its reader and its thing."""

from collections.abc import Mapping

from forum.outbox.channels.mail import headers_of
from forum.outbox.outlets import Parcel
from forum.replies import addresses


def reply_to(parcel: Parcel) -> Mapping[str, str]:
    """Where an answer to this letter goes, if it is about one thing that takes answers."""
    address = addresses.address(parcel.member, parcel.about)
    return {"Reply-To": address} if address else {}


headers_of.append(reply_to)
