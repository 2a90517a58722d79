"""Job postings: which jobs a document reports as open, at whom, and what it says of their pay, place and demands.

A title counts as a posting by the words before it (`data/posting_cues.tsv`), by a list that announces openings, or by
its pay where openings are spoken of. What later sentences say of "the role" belongs to the same posting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.facts import JobPosting, NameKind
from ingest.language.article import Sentence
from ingest.language.block import BlockKind
from ingest.language.entity import Entity
from ingest.rules import posting_detail as detail
from ingest.rules.amount import Amount, amounts, rows
from ingest.rules.employer import Employers
from ingest.rules.pay_words import is_pay, yearly
from ingest.rules.reading import Reading
from ingest.rules.recipient import is_paid_to_others
from ingest.rules.title import LEVEL, Title, positions, titles
from ingest.slug import slug

REACH = 6
"""Sentences without a word of an opening after which openings are no longer spoken of."""

CONFIDENCE = {
    "posting/opening-for": "0.9",
    "posting/hiring-verb": "0.9",
    "posting/wanted": "0.8",
    "posting/advertised": "0.85",
    "posting/search-for": "0.75",
    "posting/role-at": "0.75",
    "posting/together": "0.85",
    "posting/listed": "0.9",
    "posting/paid-title": "0.75",
    "posting/positions": "0.7",
}
"""How often each rule is right."""

_SIGN = re.compile(
    r"\b(?:hiring|hires?\b(?! as)|recruit\w*|job (?:ads?|adverts?|post(?:ing|ings|s)?|listings?|openings?)|listings?|postings?|"
    r"advert(?:s|ised|isement|isements)?|vacanc(?:y|ies)|openings?|careers? (?:page|site|website)|applicants?|candidates?|"
    r"positions? (?:available|open)|open (?:positions?|roles?|jobs?)|opportunit(?:y|ies)|"
    r"(?:these|those|both|the|this) (?:positions?|roles?|jobs?|salar(?:y|ies)))\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:step(?:s|ped|ping)? (?:down|into|up)|resign\w*|succe(?:ed|eds|eded|eding|ssor)|appoint\w*|named|promot(?:ed|ion)|"
    r"quit|retir\w+|took over|fired|laid off|lay(?:ing)? off|lay-?offs?|axed|redundan\w+|eliminat\w+|cut(?:s|ting)?|"
    r"transition\w*|depart\w*|leaving|left)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"\b(?P<one>(?:the|this|that|its|their)(?: [\w-]+){0,2}? (?:role|position|job|post|posting|listing|opening|vacancy|ad|advert|"
    r"advertisement|hire|candidate|contract|successful applicant|appointee)\b(?! of\b))|"
    r"\b(?P<all>(?:both|these|those|the|all)(?: [\w-]+){0,2}? (?:roles|positions|jobs|postings|listings|openings|vacancies|posts))\b|"
    r"\A(?P<pay>(?:the |its |that |a )?(?:\w+ )?(?:starting |base |annual )?(?:salary|pay|compensation|pay range|salary range|wage)\b)|"
    r"\A(?P<candidate>(?:the |an? )?(?:ideal |right |successful |strong |prospective )?(?:candidates?|applicants?)\b)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"(?:,|;|\band\b|\bor\b|\bas well as\b|\bplus\b|\balong with\b|\))\s*(?:also\s+|even\s+|for\s+)?\Z", re.IGNORECASE
)
_ANNOUNCES = re.compile(
    r"\b(?:roles?|positions?|jobs?|openings?|vacanc(?:y|ies)|titles|hiring(?: for)?|seeking|looking for)\b",
    re.IGNORECASE,
)
_PRONOUN_FOR = re.compile(r"\s*for\s+(?:the|an?|its|their)\s+\Z", re.IGNORECASE)
_AS = re.compile(r"\s+(?:as\b|(?:who|that)\s+(?:has|had|was|were)\b)", re.IGNORECASE)
_DOUBTFUL = frozenset({"posting/wanted", "posting/hiring-verb", "posting/search-for"})


@dataclass(eq=False)
class Opening:
    """One open job of the document, under the title that the document gives first."""

    employer: Entity
    title: str
    key: tuple[str, ...]
    introduced: tuple[Sentence, ...]
    place: int

    @property
    def posting(self) -> str:
        """What names it across the facts of this document."""
        actor = self.employer.actor
        return f"{slug(actor.label if actor is not None else self.employer.name)}/{slug(self.title)}"


@dataclass(eq=False)
class Report:
    """What one passage says of one opening."""

    opening: Opening
    title: str
    rule: str
    sentences: list[Sentence]
    details: detail.Details
    amount: Amount | None = None
    amount_starts: list[int] = field(default_factory=list)


def postings(reading: Reading) -> Iterator[JobPosting]:
    """The job postings that a document reports: a fact for each posting and passage, with its pay."""
    yield from facts_of(reading, reports(reading))


def facts_of(reading: Reading, found: Iterable[Report]) -> Iterator[JobPosting]:
    """The facts of reports."""
    for report in found:
        yield _fact(reading, report)


def reports(reading: Reading) -> list[Report]:
    """What each passage says of each opening, in the order of the document."""
    return _Postings(reading).read()


class _Postings:
    """Reads an article from its first sentence to its last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.employers = Employers(reading)
        self.openings: list[Opening] = []
        self.found: list[Report] = []
        self.signed = -REACH - 1
        self.announced: tuple[Sentence, ...] = ()

    def read(self) -> list[Report]:
        sentences = self.reading.article.sentences
        listing: Entity | None = None
        for index, sentence in enumerate(sentences):
            listed = sentence.block.kind is not BlockKind.PARAGRAPH or self._is_bare(sentence)
            if listing is not None and listed:
                self._item(sentence, listing)
                self.signed = index
                continue
            listing = None
            if sentence.block.kind is BlockKind.HEADING:
                continue
            self._sentence(index, sentence)
            listing = self._announces(sentence)
        return self.found

    def _is_bare(self, sentence: Sentence) -> bool:
        words = self.text[sentence.start : sentence.end]
        return len(words.split()) <= 12 and words[-1:] not in ".!?:" and sentence.start == sentence.block.start

    def _announces(self, sentence: Sentence) -> Entity | None:
        """The employer of the jobs that are listed after this sentence, if it announces a list of them."""
        words = self.text[sentence.start : sentence.end]
        if not words.endswith(":") or not _ANNOUNCES.search(words):
            return None
        last = self.found[-1] if self.found else None
        several = (
            last is not None and last.rule == "posting/positions" and sentence.start - last.sentences[-1].end < 400
        )
        self.announced = (*last.sentences, sentence) if last is not None and several else (sentence,)
        return self.employers.subject(sentence) or self.employers.current

    def _item(self, sentence: Sentence, employer: Entity) -> None:
        """One job of a list: its words up to its pay are the title."""
        named = titles(self.text, sentence)
        if not named:
            return
        found = amounts(self.text, sentence.start, sentence.end)
        stop = self._title_end(sentence, found)
        words = " ".join(self.text[named[0].start : stop].split())
        title = replace(named[0], words=words, stop=stop, end=stop)
        opening = self._known(title, employer, exact=True) or self._open(title, employer, (*self.announced, sentence))
        report = self._report(opening, title.words, "posting/listed", [*self.announced, sentence])
        report.details = detail.of(self.reading, sentence, title, opened=True)
        if found and is_pay(self.text, sentence, found[0], titled=True):
            self._pay(report, found[0])

    def _title_end(self, sentence: Sentence, found: list[Amount]) -> int:
        stop = found[0].wording[0] if found else sentence.end
        while stop > sentence.start and self.text[stop - 1] in " \t\n\u00a0-–—:(,;.|/":
            stop -= 1
        return stop if stop > sentence.start else sentence.end

    def _sentence(self, index: int, sentence: Sentence) -> None:
        words = self.text[sentence.start : sentence.end]
        sign = _SIGN.search(words) is not None
        context = sign or index - self.signed <= REACH
        if sign:
            self.signed = index
            self.employers.note(sentence)
        found = amounts(self.text, sentence.start, sentence.end) if any(c.isdigit() for c in words) else []
        paid = [each for each in found if not self.reading.article.quoted(each.start, each.end)]
        touched = self._touched(index, sentence, paid, context)
        for opening, title, rule in touched:
            self._tell(sentence, opening, title, rule)
        if paid and touched:
            self._share_out(sentence, paid, touched)

    def _touched(
        self, index: int, sentence: Sentence, paid: list[Amount], context: bool
    ) -> list[tuple[Opening, Title | None, str]]:
        """The openings that a sentence speaks of, in its order, each with its title there and the rule that found it."""
        found: list[tuple[Opening, Title | None, str]] = []
        previous: Title | None = None
        for title in titles(self.text, sentence):
            if self._is_held(title):
                continue
            opening, rule = self._opening(sentence, title, previous, paid, context)
            if opening is not None:
                found.append((opening, title, rule))
                previous = title
        if not found and paid:
            found += self._positions(sentence)
        if not found:
            found += [(opening, None, "posting/role-at") for opening in self._meant(sentence)]
        return found

    def _opening(
        self, sentence: Sentence, title: Title, previous: Title | None, paid: list[Amount], context: bool
    ) -> tuple[Opening | None, str]:
        rule = self._cue(sentence, title, previous, paid)
        if rule is None and context and not _OFFICE.search(self.text, sentence.start, sentence.end):
            rule = self._weak_cue(sentence, title, paid)
        known = self._known(title, None, exact=not (title.definite or title.role_noun))
        if rule is None:
            return known, "posting/role-at"
        employer = self.employers.of(sentence, title, doubtful=rule in _DOUBTFUL)
        if employer is None:
            return known, rule
        shared = self._shared_level(title, previous)
        known = self._known(shared, employer, exact=not title.definite)
        return known or self._open(shared, employer, (sentence,)), rule

    def _cue(self, sentence: Sentence, title: Title, previous: Title | None, paid: list[Amount]) -> str | None:
        """The rule by which the words before a title make it a posting."""
        before = self.text[max(sentence.start, title.left - 160) : title.left]
        # "Hiring engineers" tells of no opening; a number, a pay or the word "openings" does.
        counted = not title.plural or title.numbered or bool(paid)
        if previous is not None and _TOGETHER.search(before) and title.head.dep_ not in {"nsubj", "nsubjpass"}:
            return "posting/together" if counted or title.role_noun else None
        for rule, strength, pattern in _cues():
            if not pattern.search(before):
                continue
            if strength == "filled" or _AS.match(self.text, title.end):
                return None
            if title.definite and title.role_noun is None and rule in _DOUBTFUL:
                return None
            if strength == "opening" or counted or title.role_noun:
                return rule
        return None

    def _weak_cue(self, sentence: Sentence, title: Title, paid: list[Amount]) -> str | None:
        """Where openings are spoken of: the role of an employer's own title, or a title with its pay."""
        if title.role_noun and self.employers.possessor(sentence, title) is not None:
            return "posting/role-at"
        if not title.plural and any(is_pay(self.text, sentence, each, titled=False) for each in paid):
            following = [each for each in paid if each.start >= title.start]
            if following and not is_paid_to_others(self.reading, sentence, following[0], allow=title.head):
                return "posting/paid-title"
        return None

    def _positions(self, sentence: Sentence) -> list[tuple[Opening, Title | None, str]]:
        """Several positions under one pay, without their titles ("various positions … with salaries up to …")."""
        found: list[tuple[Opening, Title | None, str]] = []
        for title in positions(self.text, sentence):
            before = self.text[max(sentence.start, title.left - 160) : title.left]
            hiring = any(pattern.search(before) for _, strength, pattern in _cues() if strength != "filled")
            if title.definite or not hiring:
                continue
            employer = self.employers.of(sentence, title)
            if employer is not None:
                title = detail.widened(self.text, sentence, title)
                opening = self._known(title, employer, exact=True) or self._open(title, employer, (sentence,))
                found.append((opening, title, "posting/positions"))
        return found

    def _meant(self, sentence: Sentence) -> list[Opening]:
        """The openings that "the role", "both positions" or "the salary" at this place stand for."""
        match = _ANAPHOR.search(self.text[sentence.start : sentence.end])
        if match is None or not self.openings:
            return []
        last = self.openings[-1] if not self.found else self.found[-1].opening
        near = [each for each in self.openings if sentence.start - each.place < 4000]
        if match["all"]:
            return [each for each in near if each.employer is last.employer]
        close = sentence.start - last.place < (700 if match["pay"] or match["candidate"] else 2500)
        return [last] if close else []

    def _tell(self, sentence: Sentence, opening: Opening, title: Title | None, rule: str) -> None:
        """Add what a sentence says of an opening to the report of its passage, or begin a new one."""
        opened = (
            bool(detail.OPEN.search(self.text, sentence.start, sentence.end))
            or (rule in CONFIDENCE
            and (rule not in {"posting/role-at", "posting/paid-title"}))
        )
        details = detail.of(self.reading, sentence, title, opened=opened)
        first = opening.introduced == (sentence,) and not any(report.opening is opening for report in self.found)
        same = next((report for report in reversed(self.found) if report.opening is opening), None)
        opening.place = sentence.start
        if first:
            words = opening.title if title is None or title.head.text in opening.title else title.words
            report = self._report(opening, words, rule, [sentence])
            report.details = details
        elif same is not None and same.sentences[-1].block is sentence.block and details.says_something:
            same.sentences.append(sentence)
            same.details = same.details.joined(details)
        elif details.says_something:
            report = self._report(
                opening, title.words if title else opening.title, rule, self._with(opening, title, sentence)
            )
            report.details = details

    def _with(self, opening: Opening, title: Title | None, sentence: Sentence) -> list[Sentence]:
        """A sentence, after the one that names the opening unless it does so itself."""
        return [sentence] if title is not None else [*opening.introduced, sentence]

    def _share_out(
        self, sentence: Sentence, paid: list[Amount], touched: list[tuple[Opening, Title | None, str]]
    ) -> None:
        """Give each amount of a sentence to the opening that it is the pay of."""
        titled = [(title, opening, rule) for opening, title, rule in touched if title is not None]
        for amount in paid:
            if not is_pay(self.text, sentence, amount, titled=bool(titled)):
                continue
            heads = [title.head for title, _, _ in titled]
            if is_paid_to_others(self.reading, sentence, amount, allow=None, heads=heads):
                continue
            for opening, title, rule in self._owners(amount, touched):
                self._pay(self._passage(sentence, opening, title, rule), amount)

    def _owners(
        self, amount: Amount, touched: list[tuple[Opening, Title | None, str]]
    ) -> list[tuple[Opening, Title | None, str]]:
        titled = [each for each in touched if each[1] is not None]
        if not titled:
            return touched
        for each in titled:
            if each[1] is not None and _PRONOUN_FOR.fullmatch(self.text, amount.end, each[1].start):
                return [each]
        before = [each for each in titled if each[1] is not None and each[1].start < amount.start]
        if not before:
            return titled[:1]
        last = before[-1]
        # Titles that share the noun "positions" share its pay.
        together = [each for each in before if self._joined(each[1], last[1])]
        return (
            [*together, last] if last[1] is not None and last[1].role_noun in {"positions", "roles", "jobs"} else [last]
        )

    def _joined(self, one: Title | None, other: Title | None) -> bool:
        if one is None or other is None or one is other:
            return False
        return self.text[one.stop : other.start].strip().casefold() in {"and", "or", ",", ", and", "/"}

    def _shared_level(self, title: Title, previous: Title | None) -> Title:
        """A title that shares the level of the one before ("L5 engineer and scientist positions") is the whole phrase."""
        if previous is None or not self._joined(previous, title) or title.determiner is not None:
            return title
        if not LEVEL.match(previous.words) or LEVEL.match(title.words) or not (title.role_noun or "").endswith("s"):
            return title
        return replace(title, start=previous.start, words=" ".join(self.text[previous.start : title.stop].split()))

    def _passage(self, sentence: Sentence, opening: Opening, title: Title | None, rule: str) -> Report:
        """The report of the passage to which a sentence belongs."""
        for report in reversed(self.found):
            if report.opening is opening and report.sentences[-1].block is sentence.block:
                if sentence not in report.sentences:
                    report.sentences.append(sentence)
                return report
        return self._report(
            opening, title.words if title else opening.title, rule, self._with(opening, title, sentence)
        )

    def _pay(self, report: Report, amount: Amount) -> None:
        """Give a report its pay: one amount, joined with one that bounds it from the other side."""
        amount = yearly(amount)
        joined = report.amount.joined(amount) if report.amount is not None else amount
        same = report.amount is not None and (report.amount.least, report.amount.most) == (amount.least, amount.most)
        if joined is None and not same:
            # Another pay of the same job is a report of its own.
            report = self._report(report.opening, report.title, report.rule, report.sentences)
            joined = amount
        report.amount = joined or report.amount
        report.amount_starts.append(amount.start)

    def _report(self, opening: Opening, words: str, rule: str, sentences: list[Sentence]) -> Report:
        report = Report(opening, words, rule, list(dict.fromkeys(sentences)), detail.Details())
        self.found.append(report)
        return report

    def _open(self, title: Title, employer: Entity, introduced: tuple[Sentence, ...]) -> Opening:
        opening = Opening(employer, title.words, title.key, introduced, title.start)
        self.openings.append(opening)
        return opening

    def _known(self, title: Title, employer: Entity | None, *, exact: bool) -> Opening | None:
        """The opening that a title names again: with the same words, or, where it is definite, with some of them."""
        key = title.key
        for opening in reversed(self.openings):
            if employer is not None and opening.employer is not employer:
                continue
            if opening.key == key:
                return opening
        if exact:
            return None
        for opening in reversed(self.openings):
            if employer is not None and opening.employer is not employer:
                continue
            shorter, longer = sorted((set(key), set(opening.key)), key=len)
            if shorter <= longer and LEVEL.match(title.words) is None:
                return opening
        return None

    def _is_held(self, title: Title) -> bool:
        """Whether the title is somebody's: a name follows it or is its apposition, or it is "her supervisor"."""
        if title.determiner in {"her", "his", "my", "our", "your"}:
            return True
        if re.match(r"former|ex-|veteran|longtime", title.words, re.IGNORECASE):
            return True
        after = self.reading.cast.mention_at(title.stop + 1)
        if after is not None and after.entity.kind is NameKind.PERSON:
            return True
        before = self.text[max(0, title.left - 3) : title.left]
        if before.rstrip().endswith(","):
            mention = self.reading.cast.mention_at(len(self.text[: title.left].rstrip(" ,")) - 1)
            return mention is not None and mention.entity.kind is NameKind.PERSON
        return False


def _fact(reading: Reading, report: Report) -> JobPosting:
    amount, details = report.amount, report.details
    opening = report.opening
    return reading.fact(
        JobPosting,
        report.rule,
        CONFIDENCE[report.rule],
        reading.evidence(report.sentences, value=list(amount.values) if amount is not None else None),
        posting=opening.posting,
        employer=opening.employer.name,
        title=report.title,
        salary_min=amount.least if amount is not None else None,
        salary_max=amount.most if amount is not None else None,
        currency=amount.currency if amount is not None else None,
        period=amount.period if amount is not None else None,
        qualifier=amount.qualifier if amount is not None else None,
        wording=" ".join(reading.text[slice(*amount.wording)].split()) if amount is not None else None,
        **details.fields(),
    )


@cache
def _cues() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (rule, strength, re.compile(rf"(?<![\w-])(?:{pattern.replace(' ', r'\s+')})\s*\Z", re.IGNORECASE))
        for rule, strength, pattern in rows("posting_cues.tsv")
    )
