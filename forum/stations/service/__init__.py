"""The verbs of this room, under one name."""

from forum.stations.service.arriving import Arrival as Arrival
from forum.stations.service.arriving import Newcomer as Newcomer
from forum.stations.service.arriving import arrive as arrive
from forum.stations.service.arriving import issue_card as issue_card
from forum.stations.service.arriving import open_account as open_account
from forum.stations.service.arriving import register_resident as register_resident
from forum.stations.service.arriving import replace_card as replace_card
from forum.stations.service.arriving import use_card as use_card
from forum.stations.service.committees import begin_term as begin_term
from forum.stations.service.committees import change_term as change_term
from forum.stations.service.committees import follow as follow
from forum.stations.service.committees import name as name
from forum.stations.service.committees import release as release
from forum.stations.service.keeping import archive as archive
from forum.stations.service.keeping import restore as restore
from forum.stations.service.keeping import welcome as welcome
from forum.stations.service.slips import Sheet as Sheet
from forum.stations.service.slips import make_slips as make_slips
from forum.stations.service.slips import require_counter as require_counter
from forum.stations.service.slips import withdraw_slips as withdraw_slips
from forum.stations.service.tree import Details as Details
from forum.stations.service.tree import admit as admit
from forum.stations.service.tree import appoint as appoint
from forum.stations.service.tree import change as change
from forum.stations.service.tree import create as create
from forum.stations.service.tree import dismiss as dismiss
