"""The verbs of this room, under one name."""

from forum.members.service.accounts import check_password as check_password
from forum.members.service.accounts import dismiss_hint as dismiss_hint
from forum.members.service.accounts import first_administrator_link as first_administrator_link
from forum.members.service.accounts import found as found
from forum.members.service.accounts import prefer as prefer
from forum.members.service.accounts import register as register
from forum.members.service.accounts import rename as rename
from forum.members.service.accounts import set_password as set_password
from forum.members.service.places import admit as admit
from forum.members.service.places import grant as grant
from forum.members.service.places import lift_standing as lift_standing
from forum.members.service.places import revoke as revoke
from forum.members.service.places import set_standing as set_standing
from forum.members.service.signin import make_token as make_token
from forum.members.service.signin import revoke_token as revoke_token
from forum.members.service.signin import sign_in as sign_in
from forum.members.service.signin import sign_out as sign_out
from forum.members.service.signin import sign_out_everywhere as sign_out_everywhere
from forum.members.service.signin import sign_out_others as sign_out_others
from forum.members.service.visits import arrive as arrive
