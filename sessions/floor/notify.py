"""Who is told what about the floor: nobody by message, since whoever it concerns is there."""

from forum.base.registry import silent
from sessions.floor import events, screen_events

THERE = "whoever is there sees it on the screen"
OWN = "the person's own page shows it at once"

silent(events.ListOpened, because=THERE)
silent(events.LimitsSet, because=THERE)
silent(events.ListClosed, because=THERE)
silent(events.ListReopened, because=THERE)
silent(events.ListEnded, because=THERE)
silent(events.SpeechRequested, because=OWN)
silent(events.SpeechWithdrawn, because=OWN)
silent(events.SpeechRecognised, because=OWN)
silent(events.SpeechPaused, because=OWN)
silent(events.SpeechResumed, because=OWN)
silent(events.SpeechExtended, because=OWN)
silent(events.SpeechFinished, because=OWN)
silent(events.SpeechSkipped, because=OWN)
silent(events.SpeechRestored, because=OWN)
silent(events.SpeechPreferred, because=OWN)
silent(events.OrderRaised, because=THERE)
silent(events.OrderRuled, because=THERE)
silent(events.GroupsSet, because=THERE)
silent(events.GroupDeclared, because=OWN)
silent(events.QuestionAnswered, because=OWN)
silent(events.SpeechContinued, because=OWN)
silent(events.RulingAppealed, because=THERE)
silent(events.AppealSeconded, because=THERE)
silent(events.AppealPut, because=THERE)
silent(events.AppealDecided, because=THERE)
silent(events.CardsCounted, because=THERE)
silent(events.CardsCleared, because=THERE)
silent(screen_events.ProjectorSet, because=THERE)
silent(screen_events.ProjectorTaken, because=THERE)
silent(screen_events.ProjectionSet, because=THERE)
silent(screen_events.BroadcastSet, because="it stands on the meeting's page")
