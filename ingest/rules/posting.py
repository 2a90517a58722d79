"""Job postings: which jobs a document reports as open, at whom, and what it says of their pay, place and demands.

A title counts as a posting by the words before it, by a list that announces openings, or by its pay where openings are
spoken of. What later sentences say of "the role" belongs to the same posting.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts import JobPosting
from ingest.language.article import Sentence
from ingest.language.block import BlockKind
from ingest.language.entity import Entity
from ingest.rules import posting_cue
from ingest.rules import posting_detail as detail
from ingest.rules.amount import Amount, amounts
from ingest.rules.employer import Employers
from ingest.rules.opening import ALWAYS_OPEN, Opening, Report
from ingest.rules.pay_words import is_pay, yearly
from ingest.rules.posting_list import BEFORE, Listing, announces, is_bare, item
from ingest.rules.posting_pay import Touched, in_series, is_others, owners
from ingest.rules.reading import Reading
from ingest.rules.recipient import is_paid_to_others
from ingest.rules.title import LEVEL, LONGEST, Title, positions, titles, with_level
from ingest.rules.title_guess import unknown_titles, whole

REACH = 6
"""Sentences after a word of hiring in which openings are still spoken of."""

NEAR, FAR = 700, 2500
"""Characters after which "the salary" and "the role" no longer mean the last opening."""

NEXT = 350
"""Characters after which "it pays" and "the company is offering" no longer tell of the last opening."""

_REMEMBERED = 100


def postings(reading: Reading) -> Iterator[JobPosting]:
    """The job postings that a document reports: a fact for each posting and passage, with its pay."""
    for report in reports(reading):
        yield report.fact(reading)


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
        self.signed = self.driven = -REACH - 1

    def read(self) -> list[Report]:
        listing: Listing | None = None
        previous: Sentence | None = None
        for index, sentence in enumerate(self.reading.article.sentences):
            if sentence.end - sentence.start > LONGEST:
                continue
            listed = sentence.block.kind is not BlockKind.PARAGRAPH or is_bare(self.text, sentence)
            if listing is not None and listed:
                self._item(sentence, listing)
                self.signed = index
                continue
            listing = None
            if sentence.block.kind is not BlockKind.HEADING:
                self._sentence(index, sentence)
                listing = self._announces(sentence, previous)
                previous = sentence
        return self.found

    def _announces(self, sentence: Sentence, previous: Sentence | None) -> Listing | None:
        """The list of jobs that this sentence announces, if it does."""
        announced = announces(self.text, sentence, previous)
        if not announced:
            return None
        last = self.found[-1] if self.found else None
        if last is not None and last.rule == "posting/positions" and sentence.start - last.sentences[-1].end < BEFORE:
            announced = (*last.sentences, *announced)
        employer = self.employers.subject(sentence) or self.employers.current or self.employers.main(sentence.start)
        return Listing(employer, announced)

    def _item(self, sentence: Sentence, listing: Listing) -> None:
        """One job of a list."""
        found = item(self.reading, self.employers, sentence, listing)
        if found is None:
            return
        evidence = (*listing.announced, sentence)
        opening = self._known(found.title, found.employer, exact=True)
        opening = opening or self._open(found.title, found.employer, evidence)
        report = self._report(opening, found.title.words, "posting/listed", list(evidence))
        report.details = detail.of(self.reading, sentence, found.title, opened=True)
        if found.amount is not None and is_pay(self.text, sentence, found.amount, titled=True):
            self._pay(report, found.amount)

    def _sentence(self, index: int, sentence: Sentence) -> None:
        words = self.text[sentence.start : sentence.end]
        if posting_cue.says("sign", words):
            self.signed = index
            self.employers.note(sentence)
        found = amounts(self.text, sentence.start, sentence.end) if any(c.isdigit() for c in words) else []
        paid = [each for each in found if not self._is_spoken(each)]
        if posting_cue.says("drive", words):
            self.driven = index
        touched = self._touched(sentence, paid, context=index - self.signed <= REACH, drive=index - self.driven <= 1)
        for each in touched:
            self._tell(sentence, each)
            if each[2] == "posting/paid-title":
                self.driven = index
        for amount in paid if touched else ():
            self._give(sentence, amount, touched)

    def _is_spoken(self, amount: Amount) -> bool:
        """Whether an amount stands in somebody's speech, and is no short quotation of the amount itself."""
        quoted = self.reading.article.in_quotation(amount.start)
        return quoted is not None and quoted.words(self.text) > 8

    def _touched(self, sentence: Sentence, paid: list[Amount], *, context: bool, drive: bool) -> list[Touched]:
        """The openings that a sentence speaks of, in its order."""
        found: list[Touched] = []
        previous: Title | None = None
        elsewhere = False
        for title, known_noun in self._titles(sentence):
            if posting_cue.is_held(self.text, self.reading.cast, title):
                continue
            near = known_noun and (drive and not found if title.plural else context)
            opening, rule = self._opening(sentence, title, previous, paid, context=near)
            if opening is not None:
                found.append((opening, title, rule))
            elif rule in ALWAYS_OPEN:
                elsewhere = True
            # What is joined to people who are paid, and not sought, is no open job: "will pay doctors and lawyers".
            previous = title if opening is not None else None if title.plural and known_noun else previous
        if not found and paid:
            found += self._positions(sentence)
        # Where a job is open at nobody who is known, "the job" is that one.
        if not found and not elsewhere:
            found += [(opening, None, "posting/role-at") for opening in self._meant(sentence)]
        return found

    def _titles(self, sentence: Sentence) -> list[tuple[Title, bool]]:
        """What may be titles, in order, and whether each ends in a known noun; no two overlap."""
        quoted = [
            each.pieces[0]
            for each in self.reading.article.quoted(sentence.start, sentence.end)
            if len(each.pieces) == 1
        ]
        found = [(whole(self.text, title, quoted), True) for title in titles(self.text, sentence)]
        for title in unknown_titles(self.text, sentence, quoted):
            if not any(title.start < other.stop and other.start < title.stop for other, _ in found):
                found.append((title, False))
        return sorted(found, key=lambda each: each[0].start)

    def _opening(
        self, sentence: Sentence, title: Title, previous: Title | None, paid: list[Amount], *, context: bool
    ) -> tuple[Opening | None, str]:
        rule = posting_cue.cue(self.text, sentence, title, previous, paid=bool(paid))
        if rule is None and self._is_told_open(sentence, title, paid):
            rule = "posting/role-at"
        if rule is None and context:
            rule = self._weak_cue(sentence, title, paid)
        if rule is None:
            return self._known(title, None, exact=not (title.definite or title.role_noun)), "posting/role-at"
        employer = self.employers.of(sentence, title, rule)
        if employer is None:
            return self._known(title, None, exact=not title.definite), rule
        shared = with_level(self.text, title, previous)
        known = self._known(shared, employer, exact=not title.definite)
        return known or self._open(shared, employer, (sentence,)), rule

    def _is_told_open(self, sentence: Sentence, title: Title, paid: list[Amount]) -> bool:
        """Whether "a software engineer position at X" is said to be advertised, or what it pays."""
        words = self.text[sentence.start : sentence.end]
        if title.role_noun is None or title.definite or self.employers.at(sentence, title) is None:
            return False
        if posting_cue.says("office", words) or posting_cue.is_filled(self.text, sentence, title):
            return False
        pays = any(each.start > title.end and is_pay(self.text, sentence, each, titled=True) for each in paid)
        return pays or posting_cue.says("notice", self.text[title.end : sentence.end]) is not None

    def _weak_cue(self, sentence: Sentence, title: Title, paid: list[Amount]) -> str | None:
        """Where openings are spoken of: the role of an employer's own title, or a title with its pay."""
        if posting_cue.says("office", self.text[sentence.start : sentence.end]):
            return None
        if title.role_noun and self.employers.possessor(sentence, title) is not None:
            return "posting/role-at"
        following = [each for each in paid if each.start >= title.start]
        if not following or not is_pay(self.text, sentence, following[0], titled=False):
            return None
        offered = posting_cue.is_offered_pay(self.text, sentence, title, following[0].start)
        others = is_paid_to_others(self.reading, sentence, following[0], heads=[title.head])
        return "posting/paid-title" if offered and not others else None

    def _positions(self, sentence: Sentence) -> list[Touched]:
        """Several positions under one pay, without their titles ("various positions … with salaries up to …")."""
        found: list[Touched] = []
        for several in positions(self.text, sentence):
            if several.definite or not posting_cue.is_hiring(self.text, sentence, several):
                continue
            employer = self.employers.of(sentence, several, "posting/positions")
            if employer is not None:
                title = detail.widened(self.text, sentence, several)
                opening = self._known(title, employer, exact=True) or self._open(title, employer, (sentence,))
                found.append((opening, title, "posting/positions"))
        return found

    def _meant(self, sentence: Sentence) -> list[Opening]:
        """The openings that "the role", "both positions" or "the salary" at this place stand for."""
        if not self.openings:
            return []
        words = self.text[sentence.start : sentence.end]
        last = self.found[-1].opening if self.found else self.openings[-1]
        if posting_cue.says("all", words):
            return [
                o
                for o in self.openings[-_REMEMBERED:]
                if o.employer is last.employer and sentence.start - o.place < 2 * FAR
            ]
        offered = posting_cue.says("offers", words)
        if offered is not None and offered.start() == 0 and sentence.start - last.place < NEXT:
            return [last]
        begins = [posting_cue.says(kind, words) for kind in ("pay", "candidate")]
        reach = FAR if posting_cue.says("one", words) else NEAR if any(m and m.start() == 0 for m in begins) else 0
        # "The company said applicants … would be paid …" right after the opening.
        told = begins[1] is not None and sentence.start - last.place < NEXT
        return [last] if told or sentence.start - last.place < reach else []

    def _tell(self, sentence: Sentence, touched: Touched) -> None:
        """Add what a sentence says of an opening to the report of its passage, or begin a new one."""
        opening, title, rule = touched
        opened = rule in ALWAYS_OPEN or detail.OPEN.search(self.text, sentence.start, sentence.end) is not None
        details = detail.of(self.reading, sentence, title, opened=opened)
        last = opening.last
        opening.place = sentence.start
        if last is None:
            words = opening.title if title is None or title.words in opening.title else title.words
            self._report(opening, words, rule, [sentence]).details = details
        elif details.says_something:
            report = self._passage(sentence, touched)
            report.details = report.details.joined(details)

    def _give(self, sentence: Sentence, amount: Amount, touched: list[Touched]) -> None:
        """Give an amount to the openings that it is the pay of, if it is pay."""
        printed = [title for _, title, _ in touched if title is not None]
        before_title = any(0 <= title.start - amount.end <= 1 for title in printed)
        offered = posting_cue.says("offers", self.text[sentence.start : sentence.end])
        titled = bool(printed) or (offered is not None and offered.start() == 0)
        pay = before_title or is_pay(self.text, sentence, amount, titled=titled)
        if not pay or is_others(self.reading, sentence, amount, printed):
            return
        for each in owners(self.text, amount, touched):
            self._pay(self._passage(sentence, each), amount)

    def _passage(self, sentence: Sentence, touched: Touched) -> Report:
        """The report of the passage to which a sentence belongs, with the sentence in it."""
        opening, title, rule = touched
        last = opening.last
        if last is not None and last.sentences[-1].block is sentence.block:
            if sentence not in last.sentences:
                last.sentences.append(sentence)
            return last
        if title is not None:
            return self._report(opening, title.words, rule, [sentence])
        return self._report(opening, opening.title, rule, [*opening.introduced, sentence])

    def _pay(self, report: Report, amount: Amount) -> None:
        """Give a report its pay; another pay of the same job is a report of its own."""
        amount = in_series(yearly(amount), self.found)
        if not report.takes(amount):
            self._report(report.opening, report.title, report.rule, report.sentences).takes(amount)

    def _report(self, opening: Opening, words: str, rule: str, sentences: list[Sentence]) -> Report:
        report = Report(opening, words, rule, list(dict.fromkeys(sentences)))
        self.found.append(report)
        opening.last = report
        return report

    def _open(self, title: Title, employer: Entity, introduced: tuple[Sentence, ...]) -> Opening:
        opening = Opening(employer, title.words, title.key, introduced, title.start)
        self.openings.append(opening)
        self.employers.titles.add(title.words.casefold())
        return opening

    def _known(self, title: Title, employer: Entity | None, *, exact: bool) -> Opening | None:
        """The opening that a title names again: with the same words, or, unless `exact`, with some of them."""
        late = reversed(self.openings[-_REMEMBERED:])
        near = [each for each in late if employer is None or each.employer is employer]
        same = next((each for each in near if each.key == title.key), None)
        if same is not None or exact or LEVEL.match(title.words):
            return same
        words = set(title.key)
        return next((each for each in near if words <= set(each.key) or set(each.key) <= words), None)
