"""What the words of a fact give beside its details: content and mode, amounts, figures, and the names of events."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ingest.anchor import inside
from ingest.document import Document
from ingest.facts import EventKind, Name, Part
from ingest.llm import figures
from ingest.llm.answer import Candidate
from ingest.llm.details import Details
from ingest.llm.evidence import Evidence, Rejected, shown
from ingest.llm.loose_json import Value
from ingest.rules.amount import Amount, amounts
from ingest.rules.event_name import EventNames
from ingest.rules.participant import Sides

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_REMOTE: Final = re.compile(r"\bremote", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact on its way: what the model gave, where it stands, and the fields so far."""

    candidate: Candidate
    evidence: Evidence
    fields: dict[str, Any]
    document: Document
    details: Details


def complete(kind: str, draft: Draft) -> None:
    """Add to the fields what the words of this kind of fact give.

    Raises:
        Rejected: the words give too little for such a fact.
    """
    if (completion := _COMPLETIONS.get(kind)) is not None:
        completion(draft)


def _statement(draft: Draft) -> None:
    _content(draft)
    draft.fields["quote"] = draft.evidence.exact(Part.QUOTATION)
    draft.fields["mode"] = draft.evidence.mode
    _named(draft, "speaker")


def _stance(draft: Draft) -> None:
    _content(draft)
    _named(draft, "holder")


def _named(draft: Draft, key: str) -> None:
    """Where the model names nobody, the words of the source stand, and nobody is guessed."""
    source = " ".join(draft.evidence.joined(Part.SOURCE).split())
    if key not in draft.fields and source:
        draft.fields[key] = draft.details.described(source, draft.candidate.get(key))


def _content(draft: Draft) -> None:
    draft.fields["content"] = draft.evidence.joined(Part.CONTENT)
    if not draft.fields["content"]:
        raise Rejected("has no content")


def _pay(draft: Draft) -> None:
    """Amounts are read from the quoted words, whatever numbers the model gives."""
    evidence = draft.evidence
    wording = evidence.joined(Part.VALUE)
    if not wording:
        if any(draft.candidate.get(key) for key in ("salary_min", "salary_max")):
            raise Rejected("an amount is given without the words for it")
        return
    amount = _amount(draft)
    if amount is None:
        raise Rejected(f"value: {shown(wording)} gives no amount that can be read")
    draft.fields.update(
        {
            "salary_min": amount.least,
            "salary_max": amount.most,
            "currency": amount.currency,
            "qualifier": amount.qualifier,
            "period": amount.period or draft.details.choice(draft.candidate.get("period"), "period"),
            "wording": wording,
        }
    )


def _amount(draft: Draft) -> Amount | None:
    """The one amount that the quoted words give, as their sentence bounds it, read as the rules read it."""
    values = draft.evidence.spans(Part.VALUE)
    found = [
        amount
        for begin, end in draft.evidence.spans(Part.SENTENCE)
        for amount in amounts(draft.document.text, begin, end)
        if any(start < amount.end and amount.start < stop for start, stop in values)
    ]
    if len(found) == 1 and found[0].is_range and not inside((found[0].start, found[0].end), values):
        # The words quote one end of what is printed as a range, "from $50,000 to $60,000": before and after a raise.
        found = [amount for start, stop in values for amount in amounts(draft.document.text, start, stop)]
    if len(found) == 2:
        return found[0].joined(found[1])
    return found[0] if len(found) == 1 else None


def _posting(draft: Draft) -> None:
    _pay(draft)
    remote = draft.candidate.get("remote")
    if isinstance(remote, bool) and _REMOTE.search(draft.evidence.joined(Part.SENTENCE)):
        draft.fields["remote"] = remote


def _event(draft: Draft) -> None:
    """An event is named by who takes part and what it is, as the rules name it, so that both speak of the same."""
    fields, evidence = draft.fields, draft.evidence
    if "event_kind" in fields:
        label = draft.details.stands(draft.candidate.get("label"))
        words = label or evidence.joined(Part.CUE) or fields.get("about") or fields["event_kind"]
        names = [name for given in fields.get("participants", ()) if not (name := Name(**given)).unresolved]
        year = _YEAR.search(fields["date"]["wording"]) if "date" in fields else None
        kind = EventKind(fields["event_kind"])
        key, label = EventNames(draft.document.name).of(kind, Sides(tuple(names)), words, year[0] if year else None)
        fields.update({"event": key, "label": label})
    count = _whole(draft.candidate.get("count"))
    if count is not None and figures.holds_number(evidence.joined(Part.SENTENCE), count):
        fields["count"] = count


def _finding(draft: Draft) -> None:
    wording = draft.evidence.joined(Part.VALUE)
    share = figures.share(wording)
    value = share if share is not None else figures.figure(wording)
    if value is None:
        raise Rejected(f"value: {shown(wording)} gives no figure that can be read")
    unit = "percent" if share is not None else draft.details.stands(draft.candidate.get("unit"))
    draft.fields.update({"value": value, "unit": unit, "wording": wording})
    draft.fields["survey"] = f"{draft.fields['by']} survey" if "by" in draft.fields else None
    size = _whole(draft.candidate.get("sample_size"))
    if size is not None and figures.holds_number(draft.document.text, size):
        draft.fields["sample_size"] = size


def _person(draft: Draft) -> None:
    if not {"role", "affiliation"} & draft.fields.keys():
        raise Rejected("has neither role nor affiliation")


_COMPLETIONS: Final[dict[str, Callable[[Draft], None]]] = {
    "statement": _statement,
    "stance": _stance,
    "job_posting": _posting,
    "pay_report": _pay,
    "event": _event,
    "survey_finding": _finding,
    "person": _person,
}


def _whole(value: Value) -> int | None:
    return figures.integer(value) if isinstance(value, str) else None
