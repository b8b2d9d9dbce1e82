"""Nobody is told of papers by message: tellers see their pages, everybody the result."""

from forum.base.registry import silent
from voting.papers import events

silent(events.BatchOpened, because="The desk sees it on its page.")
silent(events.PaperIssued, because="The person stands at the desk that recorded it.")
silent(events.PaperReturned, because="The person stands at the desk that recorded it.")
silent(events.BatchBegun, because="The tellers see it on their page.")
silent(events.BatchRestarted, because="The tellers see it on their page.")
silent(events.BatchMerged, because="The tellers see it on their page.")
silent(events.BatchConfirmed, because="The tellers see it on their page.")
silent(events.BatchRejected, because="It stands with its reason beside the result.")
silent(events.ScanKept, because="The tellers see it on their page.")
silent(events.ChannelsTold, because="It stands beside the result.")
