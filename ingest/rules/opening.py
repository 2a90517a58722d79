"""An open job of a document, what its passages say of it, and the fact that comes of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.facts import JobPosting
from ingest.language.article import Sentence
from ingest.language.entity import Entity
from ingest.rules.account import accounts
from ingest.rules.amount import Amount
from ingest.rules.posting_detail import Details
from ingest.rules.reading import Reading
from ingest.slug import slug

CONFIDENCE = {
    "posting/opening-for": "0.85",
    "posting/hiring-verb": "0.9",
    "posting/wanted": "0.8",
    "posting/advertised": "0.85",
    "posting/offered": "0.75",
    "posting/search-for": "0.75",
    "posting/role-at": "0.9",
    "posting/together": "0.9",
    "posting/listed": "0.8",
    "posting/paid-title": "0.75",
    "posting/positions": "0.7",
}
"""How often what each rule finds is right, as measured on the development set; rarer rules are set lower."""

ALWAYS_OPEN = CONFIDENCE.keys() - {"posting/role-at", "posting/paid-title"}
"""The rules whose cue says that the job is open."""


@dataclass(eq=False)
class Opening:
    """One open job, under the title that the document gives first; `place` is where, `last` how it was last told of."""

    employer: Entity
    title: str
    key: tuple[str, ...]
    introduced: tuple[Sentence, ...]
    place: int
    last: Report | None = None

    @property
    def posting(self) -> str:
        """What names it in all facts of this document, whatever title each prints."""
        actor = self.employer.actor
        return f"{slug(actor.label if actor is not None else self.employer.name)}/{slug(self.title)}"


@dataclass(eq=False)
class Report:
    """What one passage says of one opening."""

    opening: Opening
    title: str
    rule: str
    sentences: list[Sentence]
    details: Details = field(default_factory=Details)
    amount: Amount | None = None
    amount_starts: list[int] = field(default_factory=list)

    def takes(self, amount: Amount) -> bool:
        """Take an amount as the pay, or as the other bound of the pay it has; False when it has another pay already."""
        joined = self.amount.joined(amount) if self.amount is not None else amount
        same = self.amount is not None and (self.amount.least, self.amount.most) == (amount.least, amount.most)
        if joined is None and not same:
            return False
        self.amount = joined or self.amount
        self.amount_starts.append(amount.start)
        return True

    def fact(self, reading: Reading) -> JobPosting:
        """The fact, with its sentences and the words of its pay as evidence."""
        amount, details, opening = self.amount, self.details, self.opening
        return reading.fact(
            JobPosting,
            self.rule,
            CONFIDENCE[self.rule],
            reading.evidence(self.sentences, value=list(amount.values) if amount is not None else None),
            according_to=accounts(reading, self.sentences),
            posting=opening.posting,
            employer=opening.employer.name,
            title=self.title,
            salary_min=amount.least if amount is not None else None,
            salary_max=amount.most if amount is not None else None,
            currency=amount.currency if amount is not None else None,
            period=amount.period if amount is not None else None,
            qualifier=amount.qualifier if amount is not None else None,
            wording=" ".join(reading.text[slice(*amount.wording)].split()) if amount is not None else None,
            location=details.location,
            remote=details.remote,
            requirements=details.requirements,
            duties=details.duties,
            posted_on=details.posted_on,
            open=details.open,
            unit=details.unit,
        )
