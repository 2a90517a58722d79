"""Statements: the attributions of each sentence, and quotations that other sentences attribute, as facts.

A quotation that its attribution splits is one statement. One that stands alone goes on where the last one of its
paragraph stopped, or belongs to whom a colon, a dash or a turn of a transcript names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.facts import Fact, Mode, Name, NameKind, OrganizationKind, Part, Statement
from ingest.language.article import Sentence, Span
from ingest.language.block import Block, BlockKind
from ingest.language.entity import Entity
from ingest.language.quotation import Quotation
from ingest.rules import phrase
from ingest.rules.attribution import Attribution, attributions
from ingest.rules.date import dates
from ingest.rules.reading import Reading
from ingest.rules.reference import Reference
from ingest.rules.stance import Stances

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = {
    "quotation": "0.95",
    "clause": "0.85",
    "floating": "0.85",
    "according-to": "0.85",
    "as-stated-by": "0.9",
    "infinitive": "0.7",
    "object": "0.75",
    "naming": "0.75",
    "passive": "0.7",
    "noun": "0.6",
    "adjective": "0.75",
    "continued": "0.85",
    "colon": "0.85",
    "dash": "0.9",
    "turn": "0.9",
    "paragraph": "0.6",
}
"""How sure a rule is, by the share of its statements that were right on the development articles."""

_AROUND = " \t\r\n\u00a0.,;:!?…“”\"‘’'«»"
_TURN = re.compile(r"([A-ZÀ-Þ][\w.’'-]*(?:[ \u00a0]+[A-ZÀ-Þ][\w.’'-]*){0,3})\s?:\s+(?=\S)")
_DASH = re.compile(r"\s*[—–-]{1,2}\s*(?=[A-ZÀ-Þ])")
_OF_AN_ORGANIZATION = frozenset(
    {
        "memo",
        "filing",
        "statement",
        "listing",
        "posting",
        "ad",
        "advert",
        "email",
        "letter",
        "brochure",
        "website",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "rep",
        "representative",
        "leadership",
        "management",
        "lawyers",
        "executives",
    }
)
_OFFICES = frozenset(
    {
        "executive",
        "employee",
        "official",
        "lawyer",
        "manager",
        "designer",
        "engineer",
        "staffer",
        "worker",
        "source",
        "insider",
        "supervisor",
        "member",
    }
)
_FEWEST_TURNS = 3
_IN_HEADINGS = frozenset({"clause", "floating", "quotation"})
_NO_TURN = frozenset({"q", "note", "update", "correction", "editor", "source", "photo", "image", "credit", "related"})


@dataclass(slots=True)
class _Draft:
    """A statement while it is put together."""

    rule: str
    sentences: list[Sentence]
    reference: Reference
    cue: Span | None
    content: list[Span]
    pieces: list[Span]
    quotations: list[Quotation] = field(default_factory=list)
    verb: Token | None = None
    reported_by: list[Reference] = field(default_factory=list)
    head: Token | None = None


def statements(reading: Reading) -> Iterator[Fact]:
    """All statements of an article, in the order of its text."""
    for draft in _Drafts(reading).drafts():
        if any(end > start for start, end in draft.content):
            yield _fact(reading, draft)


class _Drafts:
    """Goes through the article once, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.article = reading.article
        self.text = reading.text
        self.used: set[int] = set()
        self.last: _Draft | None = None
        self.found: list[_Draft] = []
        self.recent: list[_Draft] = []

    def drafts(self) -> list[_Draft]:
        turns = {id(turn.sentences[0].block): turn for turn in self._turns()}
        for index, sentence in enumerate(self.article.sentences):
            turn = turns.pop(id(sentence.block), None)
            if turn is not None:
                self._note(turn)
                self.found.append(turn)
            drafts = self.recent = self._attributed(sentence)
            if sentence.block.kind is BlockKind.HEADING:
                self.found += [draft for draft in drafts if draft.rule in _IN_HEADINGS]
                continue
            drafts += self._alone(index, sentence, bool(drafts))
            self.found += drafts
        return self.found

    def _turns(self) -> Iterator[_Draft]:
        """The turns of a transcript: blocks that begin with a name and a colon, if there are several."""
        begun = [(block, m) for block in self.article.blocks if (m := _TURN.match(self.text, block.start, block.end))]
        begun = [(b, m) for b, m in begun if m.group(1).casefold().split()[0].strip(".") not in _NO_TURN]
        counts = Counter(match.group(1).casefold() for _, match in begun)
        if len(begun) < _FEWEST_TURNS or max(counts.values()) < 2:
            return
        names = {m.group(1).casefold(): r for _, m in begun if (r := self._called(m.group(1), m.span(1))) is not None}
        for block, match in begun:
            start, end = match.end(), block.end
            sentences = self.article.sentences_in(start, end)
            quoted = [q for q in self.article.quoted(start, end) if q.start <= start]
            reference = names.get(match.group(1).casefold())
            if reference is not None and sentences and start < end and not quoted:
                place = Reference(reference.name, match.span(1), reference.entity)
                yield _Draft("turn", sentences, place, None, [(start, end)], [(start, end)])

    def _attributed(self, sentence: Sentence) -> list[_Draft]:
        """What the sentence itself attributes."""
        drafts = [self._draft(attribution) for attribution in attributions(self.article, sentence)]
        drafts = [draft for draft in drafts if not _is_writer_or_reader(draft.reference)]
        kept = _without_reporters(drafts, self.text)
        for draft in kept:
            self._note(draft)
        return kept

    def _note(self, draft: _Draft) -> None:
        self.reading.references.note_speaker(draft.sentences[-1].end, draft.reference)
        self.used |= {quotation.start for quotation in draft.quotations}
        self.last = draft

    def _draft(self, attribution: Attribution) -> _Draft:
        assert attribution.speaker is not None
        reference = self.reading.references.of(attribution.sentence.passage, attribution.speaker)
        sentences = self.article.sentences_in(
            min(attribution.sentence.start, attribution.start), max(end for _, end in attribution.content)
        )
        own = [each for each in sentences if each.end > attribution.start or each is attribution.sentence]
        pieces = [piece for quotation in attribution.quotations for piece in quotation.pieces]
        return _Draft(
            attribution.rule,
            own or [attribution.sentence],
            reference,
            attribution.cue,
            list(attribution.content),
            pieces,
            list(attribution.quotations),
            attribution.verb,
            head=attribution.speaker,
        )

    def _alone(self, index: int, sentence: Sentence, attributed: bool) -> list[_Draft]:
        """Quotations of the sentence that nothing in it attributes."""
        found = []
        for quotation in self.article.quoted(sentence.start, sentence.end):
            if quotation.start in self.used or not sentence.start <= quotation.start < sentence.end:
                continue
            if not self._stands_alone(quotation, sentence, attributed):
                continue
            draft = self._dash(quotation, sentence) or self._turn(quotation, sentence) or self._colon(index, quotation)
            draft = draft or self._continued(quotation, sentence) or self._paragraph(index, quotation, sentence)
            self.used.add(quotation.start)
            if draft is not None:
                self._note(draft)
                if draft not in self.found:
                    found.append(draft)
        return found

    def _stands_alone(self, quotation: Quotation, sentence: Sentence, attributed: bool) -> bool:
        """Whether a quotation is an utterance of its own, no title and no word in passing."""
        last = quotation.pieces[-1][1]
        outside = (
            self.text[sentence.start : max(quotation.start, sentence.start)] + self.text[quotation.end : sentence.end]
        )
        if not outside.strip(_AROUND):
            return quotation.words(self.text) > 2 or self.text[last - 1] in ".!?"
        if attributed:
            return False
        rest = len(outside.split())
        return self.text[last - 1] in ".,!?…" and quotation.words(self.text) >= 4 and rest <= 12

    def _continued(self, quotation: Quotation, sentence: Sentence) -> _Draft | None:
        """The quotation goes on with the last statement, if that was quoted and stands right before it."""
        last = next((d for d in reversed([*self.found, *self.recent]) if d.pieces), None)
        if last is None:
            return None
        between = self.text[last.sentences[-1].end : quotation.start]
        if sentence.block is last.sentences[-1].block and not between.strip(_AROUND):
            last.sentences.append(sentence)
            last.content += quotation.pieces
            last.pieces += quotation.pieces
            last.quotations.append(quotation)
            return last
        near = quotation.start - last.sentences[-1].end <= 3 or not between.strip(_AROUND)
        if near and last.reference.name.kind is not NameKind.DOCUMENT:
            return self._made("continued", [sentence], last.reference, None, quotation)
        return None

    def _paragraph(self, index: int, quotation: Quotation, sentence: Sentence) -> _Draft | None:
        """A quotation after a sentence of the same paragraph whose subject is a person, or before such a one."""
        for neighbour in (index - 1, index + 1):
            if not 0 <= neighbour < len(self.article.sentences):
                continue
            beside = self.article.sentences[neighbour]
            if beside.block is not sentence.block:
                continue
            subject = next((t for t in beside.tokens if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
            if subject is None or self.article.in_quotation(beside.passage.place(subject)[0]):
                continue
            reference = self.reading.references.of(beside.passage, subject)
            if reference.entity is not None:
                return self._made("paragraph", [beside, sentence], reference, None, quotation)
        return None

    def _colon(self, index: int, quotation: Quotation) -> _Draft | None:
        """A quotation that the words before it introduce by a colon."""
        before = self.text[: quotation.start].rstrip()
        if not before.endswith(":"):
            return None
        sentence = self.article.sentence_at(len(before) - 1)
        if sentence is None:
            return None
        speaker = self._introduced(sentence, len(before))
        if speaker is None:
            return None
        reference, cue = speaker
        own = [sentence, *self.article.sentences_in(quotation.start, quotation.end)]
        return self._made("colon", list(dict.fromkeys(own)), reference, cue, quotation)

    def _introduced(self, sentence: Sentence, end: int) -> tuple[Reference, Span | None] | None:
        """Whom the sentence before a colon introduces: the subject of its last cue, else its subject, else a name in it."""
        from ingest.rules.cue import cue

        tokens = [t for t in sentence.tokens if sentence.passage.place(t)[1] <= end]
        for token in reversed(tokens):
            if cue(token) is not None and token.pos_ == "VERB":
                subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
                governor = token.head
                if subject is None and token.dep_ in {"conj", "advcl", "xcomp"}:
                    subject = next((c for c in governor.children if c.dep_ == "nsubj"), None)
                if subject is not None:
                    return self.reading.references.of(sentence.passage, subject), sentence.passage.place(token)
        mentions = [m for m in self.reading.cast.mentions_in(sentence.start, end)]
        persons = [m for m in mentions if m.entity.kind is NameKind.PERSON]
        if persons:
            mention = persons[-1]
            return Reference(
                Name(name=mention.entity.name, kind=mention.entity.kind), (mention.start, mention.end), mention.entity
            ), None
        subject = next((t for t in tokens if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
        return (self.reading.references.of(sentence.passage, subject), None) if subject is not None else None

    def _dash(self, quotation: Quotation, sentence: Sentence) -> _Draft | None:
        """A quotation under which, or after which, a dash gives the name."""
        match = _DASH.match(self.text, quotation.end)
        if match is None:
            return None
        for mention in self.reading.cast.mentions_in(match.end(), match.end() + 80)[:1]:
            if mention.start - match.end() <= 24:
                reference = Reference(
                    Name(name=mention.entity.name, kind=mention.entity.kind),
                    (mention.start, mention.end),
                    mention.entity,
                )
                own = self.article.sentences_in(quotation.start, mention.end)
                return self._made("dash", own or [sentence], reference, None, quotation)
        return None

    def _turn(self, quotation: Quotation, sentence: Sentence) -> _Draft | None:
        """A quotation that stands after "Name:" at the beginning of its block."""
        match = _TURN.match(self.text, sentence.block.start)
        if match is None or match.end() < quotation.start - 1 or match.end() > quotation.start:
            return None
        reference = self._called(match.group(1), match.span(1))
        return self._made("turn", [sentence], reference, None, quotation) if reference is not None else None

    def _called(self, words: str, span: Span) -> Reference | None:
        mention = self.reading.cast.mention_at(span[0])
        if mention is not None:
            return Reference(Name(name=mention.entity.name, kind=mention.entity.kind), span, mention.entity)
        entity = _surnamed(self.reading, words)
        if entity is not None:
            return Reference(Name(name=entity.name, kind=entity.kind), span, entity)
        return None

    def _made(
        self, rule: str, sentences: list[Sentence], reference: Reference, cue: Span | None, quotation: Quotation
    ) -> _Draft:
        pieces = list(quotation.pieces)
        touched = self.article.sentences_in(quotation.start, quotation.end)
        own = sorted({id(s): s for s in [*sentences, *touched]}.values(), key=lambda s: s.start)
        return _Draft(rule, own, reference, cue, pieces, list(pieces), [quotation])


def _is_writer_or_reader(reference: Reference) -> bool:
    """Whether "I", "we" or "you" outside of quotations speaks: nobody who is on record."""
    return reference.name.name.casefold() in {"i", "we", "you", "me", "us"}


def _surnamed(reading: Reading, words: str) -> Entity | None:
    """The person of a name in capitals, as transcripts have it."""
    folded = words.casefold()
    for person in reading.cast.persons():
        if folded in (person.name.casefold(), person.surname.casefold()):
            return person
    return None


def _without_reporters(drafts: list[_Draft], text: str) -> list[_Draft]:
    """Outlets that only report another's statement in the same words become its reporters."""
    kept = list(drafts)
    for outer in drafts:
        entity = outer.reference.entity
        outlet = entity is not None and entity.kind is NameKind.ORGANIZATION
        outlet = outlet and entity is not None and entity.organization_kind is OrganizationKind.NEWS_OUTLET
        inner = [
            each
            for each in drafts
            if each is not outer and each.reference.entity is not entity and _inside(each.content, outer.content)
        ]
        for each in inner:
            told = outer.verb is not None and outer.verb.lemma_ in {"tell", "say", "write", "report", "find", "state"}
            if outlet or outer.reference.name.kind is NameKind.DOCUMENT or told:
                each.reported_by.append(outer.reference)
        if outlet and inner and outer in kept:
            kept.remove(outer)
    return kept


def _inside(inner: list[Span], outer: list[Span]) -> bool:
    return all(any(start <= left and right <= end for start, end in outer) for left, right in inner)


def _fact(reading: Reading, draft: _Draft) -> Statement:
    text = reading.text
    pieces = [_bare(text, span) for span in sorted(draft.pieces)]
    content = [_whole(text, span) for span in sorted(draft.content)]
    mode = _mode(text, content, pieces)
    if mode is Mode.DIRECT:
        content = pieces
    reference = draft.reference
    first, last = draft.sentences[0].start, draft.sentences[-1].end
    topics = list(dict(t for span in content for t in reading.topics.find(text, *span)).items())
    stances = Stances.load()
    stance = stances.of_content(text, content)
    role = reading.references.roles.of(reference.entity) if reference.entity is not None else None
    told = _told_to(reading, draft)
    said = _said_on(reading, draft, content)
    evidence = reading.evidence(
        draft.sentences,
        source=reference.span if first <= reference.span[0] < last else None,
        cue=draft.cue,
        content=content,
        quotation=pieces,
        topic=[span for _, span in topics],
        stance=stance[1] if stance is not None else None,
    )
    return reading.fact(
        Statement,
        f"statement/{draft.rule}",
        CONFIDENCE[draft.rule],
        evidence,
        speaker=reference.name,
        role=role.words if role is not None else None,
        affiliation=_affiliation(reading, reference, draft),
        mode=mode,
        content=" ".join(text[start:end] for start, end in content),
        quote=tuple(text[start:end] for start, end in pieces),
        told_to=told,
        reported_by=tuple(dict.fromkeys(r.name for r in draft.reported_by)),
        said_on=said,
        topics=tuple(slug for slug, _ in topics),
        stance=stance[0] if stance is not None else None,
    )


def _affiliation(reading: Reading, reference: Reference, draft: _Draft) -> str | None:
    entity = reference.entity
    if entity is not None:
        role = reading.references.roles.of(entity)
        return role.organization.name if role is not None and role.organization is not None else None
    if reference.name.kind is NameKind.ORGANIZATION:
        return None
    inside = reading.cast.mentions_in(*reference.span)
    named = next((m.entity for m in inside if m.entity.kind is NameKind.ORGANIZATION), None)
    found = named or _owner(reading, draft)
    if found is None and (reference.noun in _OF_AN_ORGANIZATION or (reference.human and reference.noun in _OFFICES)):
        found = reading.references.organization_in_view(reference.span[0])
    return found.name if found is not None else None


def _owner(reading: Reading, draft: _Draft) -> Entity | None:
    """The organization whose the unnamed speaker is: "the guild's rates", "its lawyers", "a guild insider"."""
    head = draft.head
    if head is None:
        return None
    passage = next((s.passage for s in draft.sentences if s.passage.parse is head.doc), None)
    if passage is None:
        return None
    for child in head.lefts:
        if child.dep_ == "poss":
            owner = reading.references.of(passage, child).entity
            return owner if owner is not None and owner.kind is NameKind.ORGANIZATION else None
        if child.dep_ in {"compound", "nmod"}:
            owner = reading.references.described(passage.place(child)[0], child.lemma_.casefold())
            if owner is not None:
                return owner
    for prep in head.rights:
        if prep.dep_ == "prep" and prep.text.casefold() in {"for", "of", "at", "from", "by"}:
            for noun in prep.children:
                if noun.dep_ == "pobj":
                    owner = reading.references.of(passage, noun).entity
                    if owner is not None and owner.kind is NameKind.ORGANIZATION:
                        return owner
    return None


def _mode(text: str, content: list[Span], pieces: list[Span]) -> Mode:
    if not pieces:
        return Mode.INDIRECT
    said = " ".join(" ".join(text[s:e].strip(_AROUND).split()) for s, e in content)
    quoted = " ".join(" ".join(text[s:e].strip(_AROUND).split()) for s, e in pieces)
    return Mode.DIRECT if said == quoted else Mode.MIXED


def _bare(text: str, span: Span) -> Span:
    """A quoted piece without the comma that belongs to the sentence around it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return (start, end) if end > start else span


def _whole(text: str, span: Span) -> Span:
    """A content span with the quotation mark that it lost at its edge."""
    start, end = span
    inside = text[start:end]
    opened = inside.count("“") + (inside.count('"') + 1) // 2
    closed = inside.count("”") + inside.count('"') // 2
    if opened > closed and text[end : end + 1] in '”"' and end < len(text):
        return start, end + 1
    if closed > opened and start > 0 and text[start - 1] in '“"':
        return start - 1, end
    return span


def _told_to(reading: Reading, draft: _Draft) -> tuple[Name, ...]:
    """To whom it was said: "told Variety", "told reporters", "in an interview with Deadline", "speaking to the BBC"."""
    verb = draft.verb
    if verb is None or draft.rule == "adjective":
        return ()
    passage = draft.sentences[0].passage
    passage = next((s.passage for s in draft.sentences if s.passage.parse is verb.doc), passage)
    found: list[Name] = []
    if verb.lemma_ in {"tell", "inform", "assure", "remind", "notify", "advise", "warn"}:
        found += [
            reading.references.of(passage, child).name
            for child in verb.rights
            if child.dep_ in {"dobj", "dative", "iobj", "nsubj", "npadvmod"}
            and child.pos_ in {"NOUN", "PROPN"}
            and reading.article.in_quotation(passage.place(child)[0]) is None
        ][:1]
    for token in verb.subtree:
        if token.text.casefold() in {"interview", "conversation", "email", "call", "letter", "testimony", "message"}:
            for prep in token.rights:
                if prep.dep_ == "prep" and prep.text.casefold() in {"with", "to"}:
                    found += [
                        reading.references.of(passage, c).name
                        for c in prep.children
                        if c.dep_ == "pobj" and c.pos_ == "PROPN"
                    ]
    for prep in verb.rights:
        if (
            prep.dep_ in {"prep", "dative"}
            and prep.text.casefold() == "to"
            and verb.lemma_ in {"say", "speak", "explain", "write"}
        ):
            found += [reading.references.of(passage, c).name for c in prep.children if c.dep_ == "pobj"]
    return tuple(dict.fromkeys(name for name in found if not name.unresolved))[:2]


def _said_on(reading: Reading, draft: _Draft, content: list[Span]) -> object:
    """The date in the sentence of the attribution, outside of what is said."""
    for sentence in draft.sentences:
        if draft.cue is not None and not sentence.start <= draft.cue[0] < sentence.end:
            continue
        for span, date in dates(reading, sentence.start, sentence.end):
            outside = not any(start <= span[0] < end for start, end in content)
            if outside and reading.article.in_quotation(span[0]) is None:
                return date
    return None
