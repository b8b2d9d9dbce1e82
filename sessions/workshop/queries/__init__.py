"""What of facilitated sessions somebody reads: visibility is built in."""

from sessions.workshop.queries.board import Board as Board
from sessions.workshop.queries.board import Note as Note
from sessions.workshop.queries.board import Option as Option
from sessions.workshop.queries.board import board as board
from sessions.workshop.queries.leading import Lead as Lead
from sessions.workshop.queries.leading import candidates as candidates
from sessions.workshop.queries.leading import grouped as grouped
from sessions.workshop.queries.leading import lead as lead
from sessions.workshop.queries.mine import Mine as Mine
from sessions.workshop.queries.mine import mine as mine
from sessions.workshop.queries.quoting import quoted as quoted
from sessions.workshop.queries.rows import ON_ITEM as ON_ITEM
from sessions.workshop.queries.rows import WorkshopRow as WorkshopRow
from sessions.workshop.queries.rows import current as current
from sessions.workshop.queries.rows import of_item as of_item
from sessions.workshop.queries.rows import of_meeting as of_meeting
from sessions.workshop.queries.rows import workshop_access as workshop_access
