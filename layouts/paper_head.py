"""The lines of a report that follow from how far it is: its date, who drafted it, the hash of what it says."""

from i18n import Say
from i18n.formats import paper_month
from layouts.classification import label_of
from layouts.paper import Paper, Signing


def date_line(paper: Paper, signing: Signing, say: Say) -> str:
    """Place and date; the day is left open until it is signed."""
    if signing.day is None:
        return say("official.head.undated", month=paper_month(paper.at), year=paper.at.year)
    day = signing.day
    return say("official.head.dated", day=f"{day:%d}", month=paper_month(day), year=day.year)


def drafted_line(signing: Signing, say: Say) -> str:
    """Its label, who drafted it, and that nobody signs what they drafted."""
    person = signing.drafted_by
    drafted = say("official.foot.drafted", person=person) if person else say("official.foot.not_drafted")
    return f"{say('classification.line', label=label_of(say, public=False))}. {drafted}"


def hash_line(signing: Signing, say: Say) -> str:
    """The hash of what is signed."""
    return say("official.foot.hash", hash=signing.sha256)
