"""Who is said to say what in one sentence: the cue, the phrase of the speaker, and the characters of the content.

Sources and cues follow PolNeAR's guidelines (https://github.com/networkdynamics/PolNeAR): the content is what is
attributed, the cue what attributes it. This module finds characters; who the speaker is is said elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.language.article import Article, Passage, Sentence, Span
from ingest.language.quotation import Quotation
from ingest.rules import phrase
from ingest.rules.cue import Cue, Frame, attributes, cue
from ingest.rules.description import descriptions

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj"})
_CLAUSES = frozenset({"ccomp"})
_TRIMMED = frozenset(" \t\r\n\u00a0,;:–—-")
_MARKS = frozenset('“”"«»')
_ANSWERING = frozenset({"show", "find", "see", "know", "determine", "discover"})
_PLAIN = frozenset({"say", "tell", "write", "call", "add", "reply", "answer", "shout"})
_AIMING = frozenset({"aim", "intend", "mean", "plan", "seek"})
_CALLED_FOR = frozenset(
    {
        "meeting",
        "strike",
        "conference",
        "vote",
        "election",
        "session",
        "police",
        "halt",
        "attention",
        "ballot",
        "lawyer",
        "walkout",
        "stoppage",
        "name",
        "number",
        "time",
        "back",
    }
)
_FINAL_CUE = re.compile(
    r"(?:,|[,.!?][”\"])\s+(?P<speaker>[^,;:“”\"]{2,70}?)\s+(?P<cue>says?|said|reports?|reported|shows?|showed|suggests?|finds?|found|"
    r"admits?|admitted|warns?|warned|claims?|claimed|confirms?|confirmed|reveals?|revealed|learns?|thinks?|believes?|adds?|added|"
    r"notes?|noted|argues?|argued|insists?|insisted|announces?|announced)"
    r"(?P<rest>\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?[.”\"]*\Z"
)
_NAMED = frozenset({"oprd", "dobj", "attr", "ccomp", "dep", "acomp", "prep", "xcomp"})


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """One attribution as found: tokens of the speaker's phrase and of the cue, spans of what is attributed."""

    rule: str
    sentence: Sentence
    speaker: Token | None
    cue: Span
    content: tuple[Span, ...]
    quotations: tuple[Quotation, ...] = ()
    verb: Token | None = None

    @property
    def start(self) -> int:
        """Where the content begins."""
        return min(start for start, _ in self.content)


def attributions(article: Article, sentence: Sentence) -> list[Attribution]:
    """All attributions of a sentence, outer ones first."""
    return _Sentence(article, sentence).attributions()


class _Sentence:
    """Reads one sentence."""

    def __init__(self, article: Article, sentence: Sentence) -> None:
        self.article = article
        self.sentence = sentence
        self.passage: Passage = sentence.passage
        self.quotations = article.quoted(sentence.start, sentence.end)
        self.cues = [(token, found) for token in sentence.tokens if (found := cue(token)) is not None]

    def attributions(self) -> list[Attribution]:
        found: list[Attribution] = []
        for token, known in self.cues:
            attribution = self._of(token, known)
            if attribution is not None:
                found.append(attribution)
        found += self._according()
        found += self._final(found)
        found += self._unlisted(found)
        return self._with_quotations(found)

    def _unlisted(self, found: list[Attribution]) -> Iterator[Attribution]:
        """“…,” she deadpanned: after a whole quotation any verb attributes that has only its subject beside it."""
        text = self.article.text
        for quotation in self.quotations:
            last = quotation.pieces[-1][1]
            if text[last - 1] not in ",?!" or not self.sentence.start <= quotation.end < self.sentence.end:
                continue
            for token in self.passage.tokens(quotation.end, min(self.sentence.end, quotation.end + 60)):
                if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ"}:
                    subject = next((c for c in token.children if c.dep_ == "nsubj" and not self._masked(c)), None)
                    between = text[quotation.end : self.passage.place(token)[0]]
                    if subject is not None and cue(token) is None and not set(between) & set(",;:—("):
                        yield Attribution("quotation", self.sentence, subject, self._cue(token), (), (), token)
                    break

    def _final(self, found: list[Attribution]) -> Iterator[Attribution]:
        """ "…, a filing shows." where the parser took the verb for a noun or the content for its object."""
        text = self.article.text[self.sentence.start : self.sentence.end]
        match = _FINAL_CUE.search(text)
        if match is None or self.article.in_quotation(self.sentence.start + match.start("cue")) is not None:
            return
        start = self.sentence.start
        span = (start + match.start("cue"), start + match.end("cue"))
        if any(each.cue[0] <= span[0] < each.cue[1] and each.content for each in found):
            return
        head = self.passage.token_at(start + match.end("speaker") - 1)
        content = self._trim(start, start + match.start())
        if head is not None and head.pos_ in {"NOUN", "PROPN", "PRON"} and content[1] > content[0]:
            found[:] = [each for each in found if not each.cue[0] <= span[0] < each.cue[1]]
            inside = self.article.quoted(*content)
            if inside and inside[0].start <= content[0] + 1 and inside[-1].end >= content[1] - 1:
                yield Attribution("quotation", self.sentence, head, span, (), (), self.passage.token_at(span[0]))
            else:
                yield Attribution("floating", self.sentence, head, span, (content,))

    def _of(self, token: Token, known: Cue) -> Attribution | None:
        if self._masked(token) or (token.tag_ == "VB" and token.dep_ == "ccomp" and cue(token.head) is not None):
            return None
        if known.cls == "noun":
            return self._noun(token, known)
        if known.cls == "adjective":
            return self._adjective(token, known)
        if token.tag_ == "VBN" and any(child.dep_ in {"auxpass", "nsubjpass"} for child in token.children):
            return self._passive(token, known)
        if not attributes(token):
            return None
        speaker = self._speaker(token)
        if speaker is None or self._masked(speaker):
            return None
        content, rule = self._clause(token, known, speaker)
        if not content:
            return Attribution("quotation", self.sentence, speaker, self._cue(token), (), (), token)
        return Attribution(rule, self.sentence, speaker, self._cue(token), tuple(content), (), token)

    def _speaker(self, verb: Token) -> Token | None:
        """The subject of a verb, its own or the one that it shares."""
        for child in verb.children:
            if child.dep_ in _SUBJECTS and child.tag_ != "EX":
                return child
        governor = verb.head
        if verb.dep_ == "conj" and governor.tag_ == "VBN":
            passive = next((c for c in governor.children if c.dep_ == "nsubjpass"), None)
            if passive is not None:
                return passive
        if governor.i == verb.i:
            return self._inverted(verb)
        if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp", "dep"} and verb.tag_ in {
            "VBG",
            "VB",
            "VBD",
            "VBN",
            "VBZ",
            "VBP",
        }:
            if verb.dep_ == "conj" or verb.tag_ in {"VBG", "VB"}:
                return self._speaker(governor) if governor.pos_ in {"VERB", "AUX"} else None
        if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VBN"} and governor.pos_ in {"NOUN", "PROPN"}:
            return governor if verb.tag_ == "VBG" else None
        return self._inverted(verb)

    def _inverted(self, verb: Token) -> Token | None:
        """A subject that the parser took for an object: “…,” said the chair."""
        if verb.tag_ not in {"VBD", "VBZ"} or not self.quotations:
            return None
        for child in verb.rights:
            if child.dep_ in {"dobj", "attr", "npadvmod", "oprd", "dep"} and child.pos_ in {"PROPN", "NOUN", "PRON"}:
                quoted = self.article.in_quotation(self.passage.place(child)[0])
                if quoted is None and child.i - verb.i <= 12:
                    return child
        return None

    def _clause(self, verb: Token, known: Cue, speaker: Token) -> tuple[list[Span], str]:
        """What the verb takes: a clause after or around it, an infinitive, or what it calls something."""
        if known.frames & {Frame.CLAUSE, Frame.EVIDENCE}:
            for child in verb.children:
                if child.dep_ == "ccomp" and child.i != speaker.i and self._is_clause(child, verb, known):
                    spans = self._spans(child, {verb, speaker})
                    if spans:
                        return spans, "clause"
            loose = Frame.QUOTATION in known.frames and Frame.THAT not in known.frames
            floating = (self._floating(verb, speaker) if loose else []) or self._that(verb, speaker)
            if floating:
                return floating, "floating"
        if Frame.INFINITIVE in known.frames and self._is_speaking(verb):
            for child in verb.rights:
                if child.dep_ in {"xcomp", "advcl", "ccomp"} and any(aux.tag_ == "TO" for aux in child.lefts):
                    return self._infinitive(verb, speaker, child), "infinitive"
        if Frame.OBJECT in known.frames:
            spans = self._object(verb)
            if spans:
                return spans, "object"
        if Frame.NAMING in known.frames and not self._names_in_passing(verb):
            return self._naming(verb, speaker), "naming"
        return [], "quotation"

    def _is_speaking(self, verb: Token) -> bool:
        """Whether an infinitive after the verb is what is said, not what becomes of the speaker: "asked not to be named"."""
        clause = next((c for c in verb.rights if c.dep_ in {"xcomp", "ccomp", "advcl"}), None)
        if clause is None:
            return False
        passive = any(c.dep_ in {"auxpass"} for c in clause.lefts)
        asked = any(c.dep_ in {"dobj", "dative"} for c in verb.rights) or any(c.dep_ == "nsubj" for c in clause.lefts)
        if verb.lemma_ in {"ask", "beg"}:
            return asked
        return not (passive and verb.lemma_ in {"agree", "want"})

    def _names_in_passing(self, verb: Token) -> bool:
        """Whether it is "what they call …": a word that is in use, unless more than a word is quoted."""
        what = any(c.tag_ in {"WP", "WDT"} and c.text.casefold() == "what" for c in verb.children)
        start, end = self.passage.span(verb, verb.right_edge)
        return what and not any(q.words(self.article.text) >= 4 for q in self.article.quoted(start, end))

    def _infinitive(self, verb: Token, speaker: Token, clause: Token) -> list[Span]:
        """ "to fight", and with "urged" and "asked" whom it was asked of: "Apple to remove the app"."""
        asked = [c for c in verb.rights if c.dep_ in {"dobj", "dative"} and c.i < clause.i]
        tokens = [token for c in asked for token in c.subtree]
        return self._runs([*tokens, *clause.subtree]) if asked else self._spans(clause, {verb, speaker})

    def _object(self, verb: Token) -> list[Span]:
        """Whom somebody accuses of what, or what is blamed: "Bellwether of bargaining in bad faith"."""
        parts = [c for c in verb.rights if c.dep_ in {"dobj", "prep", "dative", "pcomp"}]
        if not any(c.dep_ == "dobj" for c in parts):
            return []
        prepositions = {c.text.casefold() for c in parts if c.dep_ == "prep"} | {
            c.text.casefold() for d in parts if d.dep_ == "dobj" for c in d.rights if c.dep_ == "prep"
        }
        if not prepositions & {"of", "for", "on", "with"}:
            return []
        return self._runs([token for part in parts for token in part.subtree])

    def _that(self, verb: Token, speaker: Token) -> list[Span]:
        """A clause with "that" which the parser hung on a noun or preposition after the verb: "told staff in a memo that"."""
        reached = verb.i + 1
        for token in verb.doc[reached : min(self.sentence.tokens.end, reached + 14)]:
            if token.text.casefold() == "that" and token.dep_ in {"mark", "nsubj", "dobj", "det"}:
                clause = token.head if token.dep_ != "det" else token
                while clause.dep_ not in {"relcl", "acl", "ccomp", "advcl"} and clause.head.i not in {
                    clause.i,
                    token.i,
                }:
                    clause = clause.head
                below = any(above.i == verb.i for above in clause.ancestors)
                if not below or clause.i < token.i or token.dep_ != "mark" or verb.lemma_ in {"show", "find"}:
                    return []
                last = max(t.i for t in clause.subtree)
                return self._runs(verb.doc[token.i + 1 : last + 1])
            if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ", "VBP"}:
                return []
        return []

    def _floating(self, verb: Token, speaker: Token) -> list[Span]:
        """The clause around "…, she said, …" when the parser hangs the attribution on it."""
        if verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep"} or verb.head.i == verb.i:
            return []
        if any(child.dep_ in {"ccomp", "dobj", "xcomp"} and child.i > verb.i for child in verb.children):
            return []
        if any(child.dep_ in {"mark", "advmod"} and child.i < min(verb.i, speaker.i) for child in verb.children):
            return []
        host = verb.head
        if host.pos_ not in {"VERB", "AUX"} or cue(host) is not None:
            return []
        first = min(verb.i, speaker.left_edge.i)
        if first == 0 or self.passage.parse[first - 1].text not in {",", "”", '"', "—", "–", ";"}:
            return []
        return self._spans(host, {verb, speaker})

    def _naming(self, verb: Token, speaker: Token) -> list[Span]:
        """What follows "called", "described": the thing and what it is called."""
        parts = [child for child in verb.rights if child.dep_ in _NAMED and child.i > speaker.i or child.dep_ == "oprd"]
        plain = [c for c in parts if c.dep_ == "dobj"]
        described = plain and len(list(plain[0].subtree)) > 1 and plain[0].lemma_.casefold() not in _CALLED_FOR
        if described and verb.lemma_ in {"call", "label", "brand", "deem", "consider"}:
            return self._runs([t for part in parts for t in part.subtree if t.i > verb.i])
        if not parts or not (
            any(c.dep_ in {"oprd", "ccomp", "xcomp"} for c in parts) or any(c.text == "as" for c in parts)
        ):
            return []
        tokens = [token for part in parts for token in part.subtree if token.i > verb.i]
        if tokens and tokens[0].text.casefold() in {"as", "on", "for", "upon"}:
            tokens = tokens[1:]
        return self._runs(tokens)

    def _noun(self, noun: Token, known: Cue) -> Attribution | None:
        """ "the union's claim that …": the speaker stands before the noun or after "of" or "by"."""
        clause = next((c for c in noun.rights if c.dep_ in {"acl", "ccomp"} and self._has_mark(c, known)), None)
        if clause is None:
            return None
        speaker = next((c for c in noun.lefts if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
        speaker = speaker or next((c for c in noun.lefts if c.dep_ == "poss"), None)
        for child in noun.rights:
            if child.dep_ == "prep" and child.text.casefold() in {"by", "from", "of", "among"} and child.i < clause.i:
                speaker = speaker or next((c for c in child.children if c.dep_ == "pobj"), None)
        if speaker is None:
            verb = noun.head
            if noun.dep_ == "dobj" and verb.pos_ == "VERB":
                speaker = self._speaker(verb)
            elif (
                noun.dep_ == "pobj"
                and verb.head.pos_ == "VERB"
                and verb.text.casefold() in {"with", "by", "amid", "in", "on"}
            ):
                speaker = self._speaker(verb.head)
        if speaker is None:
            return None
        spans = self._spans(clause, {noun, speaker})
        return Attribution("noun", self.sentence, speaker, self._cue(noun), tuple(spans), (), noun)

    def _adjective(self, adjective: Token, known: Cue) -> Attribution | None:
        clause = next((c for c in adjective.rights if c.dep_ == "ccomp"), None)
        verb = adjective.head
        if clause is None or verb.pos_ not in {"AUX", "VERB"} or any(c.dep_ == "neg" for c in verb.children):
            return None
        speaker = self._speaker(verb)
        if speaker is None or Frame.CLAUSE not in known.frames or speaker.text.casefold() in {"it", "that", "this"}:
            return None
        start, end = self.passage.span(verb, adjective)
        spans = self._spans(clause, {adjective, verb, speaker})
        return Attribution("adjective", self.sentence, speaker, (start, end), tuple(spans), (), adjective)

    def _passive(self, verb: Token, known: Cue) -> Attribution | None:
        """ "was called a mistake by Roe"."""
        agent = next((c for c in verb.rights if c.dep_ == "agent"), None)
        agent = agent or next((c for c in verb.rights if c.dep_ == "prep" and c.text.casefold() in {"by", "in"}), None)
        speaker = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        subject = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
        if agent is None or speaker is None or subject is None or Frame.NAMING not in known.frames:
            return None
        if agent.text.casefold() == "in" and (speaker.ent_type_ or speaker.lemma_.casefold() not in descriptions()):
            return None
        called = [c for c in verb.rights if c.dep_ in _NAMED and c.i != agent.i]
        left_out = {a.i for a in agent.subtree}
        tokens = [t for c in called for t in c.subtree if t.i not in left_out]
        if tokens and tokens[0].text.casefold() == "as":
            tokens = tokens[1:]
        if not tokens:
            return None
        spans = self._runs([*self._phrase(subject), *tokens])
        return Attribution("passive", self.sentence, speaker, self._cue(verb), tuple(spans), (), verb)

    def _according(self) -> Iterator[Attribution]:
        """ "According to X, …", "…, per X", "as stated by X", "as X put it"."""
        for token in self.sentence.tokens:
            if self._masked(token):
                continue
            word = token.text.casefold()
            if word == "according":
                to = next((c for c in token.children if c.text.casefold() == "to"), None)
                to = to or (
                    token.nbor(1) if token.i + 1 < len(token.doc) and token.nbor(1).text.casefold() == "to" else None
                )
                speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
                if to is not None and speaker is not None:
                    yield self._adjunct("according-to", token, to, speaker)
            elif word == "per" and token.dep_ == "prep" and token.i and token.nbor(-1).text in {",", "—", "–", "("}:
                speaker = next((c for c in token.children if c.dep_ == "pobj" and c.pos_ in {"PROPN", "NOUN"}), None)
                if speaker is not None:
                    yield self._adjunct("according-to", token, token, speaker)
            elif word == "as" and token.i + 2 < self.sentence.tokens.end:
                yield from self._as(token)

    def _as(self, token: Token) -> Iterator[Attribution]:
        verb = token.nbor(1)
        known = cue(verb)
        if known is not None and known.cls == "verb" and verb.tag_ in {"VBN", "VBD"}:
            agent = next(
                (c for c in verb.children if c.dep_ in {"agent", "prep"} and c.text.casefold() in {"by", "in"}), None
            )
            speaker = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
            if agent is not None and speaker is not None:
                yield self._adjunct("as-stated-by", token, agent, speaker)

    def _adjunct(self, rule: str, first: Token, last: Token, speaker: Token) -> Attribution:
        """What an adjunct attributes: the clause that it stands in, without itself."""
        top = first
        while top.head.i != top.i and top.head.pos_ not in {"VERB", "AUX"}:
            top = top.head
        host = top.head
        left_out = set(self._adjunct_tokens(first, speaker))
        if host.i == top.i and host.i in {token.i for token in left_out}:
            tokens = [token for token in self.sentence.tokens if token.i not in {t.i for t in left_out}]
        else:
            while (
                host.dep_ in {"advcl", "xcomp", "relcl", "acl"}
                and host.head.i != host.i
                and host.left_edge.i > top.left_edge.i
            ):
                host = host.head
            tokens = [t for t in host.subtree if t.i not in {each.i for each in left_out}]
            if host.dep_ == "ROOT" or len(tokens) < 3:
                tokens = [t for t in self.sentence.tokens if t.i not in {each.i for each in left_out}]
        spans = self._runs(tokens)
        return Attribution(rule, self.sentence, speaker, self.passage.span(first, last), tuple(spans))

    def _adjunct_tokens(self, first: Token, speaker: Token) -> Iterator[Token]:
        last = max(token.i for token in speaker.subtree)
        verb = next(
            (t for t in speaker.subtree if t.dep_ in {"ROOT", "conj"} and t.pos_ == "VERB" and t.i > speaker.i), None
        )
        if verb is not None:
            last = verb.left_edge.i - 1
        for index in range(first.i, last + 1):
            yield first.doc[index]

    def _with_quotations(self, found: list[Attribution]) -> list[Attribution]:
        """Each quotation of the sentence goes to the cue that governs it; cues that are left without content go."""
        owners: dict[int, list[Quotation]] = {index: [] for index in range(len(found))}
        for quotation in self.quotations:
            index = self._owner(quotation, found)
            if index is not None:
                owners[index].append(quotation)
        completed = [self._completed(attribution, owners[index]) for index, attribution in enumerate(found)]
        made = [each for each in completed if each is not None]
        return [each for each in made if each.rule != "noun" or not any(_overlaps(each, other) for other in made)]

    def _owner(self, quotation: Quotation, found: list[Attribution]) -> int | None:
        left, right = max(quotation.start, self.sentence.start), min(quotation.end, self.sentence.end)
        inside = [
            i
            for i, each in enumerate(found)
            if any(start <= left + 1 and right - 1 <= end for start, end in each.content)
        ]
        if inside:
            return min(inside, key=lambda i: sum(end - start for start, end in found[i].content))
        long = quotation.words(self.article.text) >= 2
        candidates = [
            i
            for i, each in enumerate(found)
            if each.verb is not None
            and (not each.content or each.rule in {"naming", "quotation"} or long)
            and ((known := cue(each.verb)) is None or known.frames & {Frame.QUOTATION, Frame.NAMING})
        ]
        governed = [i for i in candidates if self._governs(found[i].verb, quotation)]
        if governed:
            return governed[-1]
        if long and (split := self._split(quotation, found)) is not None:
            return split
        if self._is_title(quotation):
            return None
        empty = [i for i in candidates if not found[i].content]
        if not long or not (empty or self._whole(quotation)):
            return None
        # No short phrase in passing: where the parser hung the quotation elsewhere, the nearest cue has it.
        return min(empty or candidates, key=lambda i: self._distance(found[i], quotation), default=None)

    def _split(self, quotation: Quotation, found: list[Attribution]) -> int | None:
        """The attribution between this quotation and the one before it in the sentence: “A,” she said, “and B.”"""
        text = self.article.text
        before = [q for q in self.quotations if q.end <= quotation.start]
        if not before or text[before[-1].pieces[-1][1] - 1] != ",":
            return None
        for index, each in enumerate(found):
            if before[-1].end <= each.cue[0] and each.cue[1] <= quotation.start and quotation.start - each.cue[1] < 120:
                return index
        return None

    def _is_title(self, quotation: Quotation) -> bool:
        """Whether the quotation is the title of a work: few words, all of the long ones with capitals."""
        start, end = quotation.pieces[0]
        words = [word for word in self.article.text[start:end].split() if len(word) > 3]
        few = quotation.words(self.article.text) <= 6 and len(quotation.pieces) == 1
        return few and bool(words) and all(word[0].isupper() for word in words)

    def _whole(self, quotation: Quotation) -> bool:
        """Whether the quotation is a clause of its own: it ends as one, or begins as one."""
        text = self.article.text
        first, last = quotation.pieces[0][0], quotation.pieces[-1][1]
        return text[last - 1] in ",.!?…" and (text[first].isupper() or len(quotation.pieces) > 1)

    def _governs(self, verb: Token | None, quotation: Quotation) -> bool:
        """Whether the verb is above the quotation's words in the parse, with no other cue between."""
        if verb is None:
            return False
        for left, right in quotation.pieces:
            tokens = self.passage.tokens(max(left, self.passage.start), min(right, self.passage.end))
            for token in tokens[:1]:
                above = token
                while above.head.i != above.i:
                    above = above.head
                    if above.i == verb.i:
                        return True
                    if cue(above) is not None and above.pos_ == "VERB" and self._speaker(above) is not None:
                        break
        return False

    def _distance(self, attribution: Attribution, quotation: Quotation) -> int:
        start, end = attribution.cue
        return start - quotation.end if quotation.end <= start else quotation.start - end

    def _completed(self, attribution: Attribution, quoted: list[Quotation]) -> Attribution | None:
        if not attribution.content and not quoted:
            return None
        pieces = [piece for each in quoted for piece in each.pieces]
        outside = [
            piece for piece in pieces if not any(s <= piece[0] and piece[1] <= e for s, e in attribution.content)
        ]
        content = _merged([*attribution.content, *outside], self.article.text)
        if (
            attribution.rule == "infinitive"
            and attribution.verb is not None
            and attribution.verb.lemma_ in _AIMING
            and not quoted
        ):
            # What somebody aims to do is said only where words of theirs stand in it.
            return None
        if not attribution.content:
            words = sum(each.words(self.article.text) for each in quoted)
            ends = self.article.text[pieces[-1][1] - 1] in ".!?,…"
            if words < 2 and not ends and attribution.verb is not None and attribution.verb.lemma_ not in _PLAIN:
                return None
            content = tuple(pieces)
        return replace(attribution, content=content, quotations=tuple(quoted))

    def _spans(self, clause: Token, without: set[Token]) -> list[Span]:
        """A clause's characters, without "that" and without the attribution in its midst."""
        left_out = {token.i for outer in without for token in self._core(outer, clause)}
        tokens = [t for t in clause.subtree if t.i not in left_out]
        if len(tokens) > 4:
            opening = [t.text.casefold() for t in tokens[1:4]]
            if "that" in opening and tokens[opening.index("that") + 1].dep_ == "mark":
                tokens = tokens[opening.index("that") + 1 :]
        while tokens and (tokens[0].dep_ == "mark" and tokens[0].text.casefold() == "that" or tokens[0].is_space):
            tokens.pop(0)
        return self._runs(tokens)

    def _core(self, outer: Token, clause: Token) -> Iterable[Token]:
        """The attribution's own tokens: the subtree of the cue, without the clause that it governs."""
        inside = {token.i for token in clause.subtree}
        if outer.i in inside:
            return outer.subtree
        return [token for token in outer.subtree if token.i not in inside]

    def _runs(self, tokens: Iterable[Token]) -> list[Span]:
        """Runs of neighbouring tokens as spans, without marks and commas at their ends."""
        runs: list[list[Token]] = []
        for token in sorted(set(tokens), key=lambda t: t.i):
            if runs and token.i == runs[-1][-1].i + 1:
                runs[-1].append(token)
            else:
                runs.append([token])
        spans = [self._trim(*self.passage.span(run[0], run[-1])) for run in runs]
        return [
            span for span in spans if span[1] > span[0] and any(c.isalnum() for c in self.article.text[slice(*span)])
        ]

    def _trim(self, start: int, end: int) -> Span:
        text = self.article.text
        while start < end and text[start] in _TRIMMED:
            start += 1
        while end > start and (text[end - 1] in _TRIMMED or text[end - 1] == "." and end == self.sentence.end):
            end -= 1
        return start, end

    def _cue(self, token: Token) -> Span:
        """The cue with its auxiliaries' last word: the verb, its particle, and "told" with whom it was told."""
        return self.passage.place(token)

    def _masked(self, token: Token) -> bool:
        quotation = self.article.in_quotation(self.passage.place(token)[0])
        return quotation is not None

    def _has_mark(self, clause: Token, known: Cue) -> bool:
        marks = {c.text.casefold() for c in clause.lefts if c.dep_ in {"mark", "aux"}}
        return "that" in marks or (Frame.INFINITIVE in known.frames and "to" in marks)

    def _is_clause(self, clause: Token, verb: Token, known: Cue) -> bool:
        """Whether a clause can be what is said: it has a subject or is quoted, and is no question that evidence answers."""
        first = clause.left_edge
        marked = any(c.dep_ == "mark" and c.text.casefold() == "that" for c in clause.lefts)
        if Frame.THAT in known.frames and not (marked or self._masked(clause)):
            return False
        if verb.lemma_ in _ANSWERING and first.tag_ in {"WRB", "WP", "WDT"}:
            return False
        subject = any(child.dep_ in {"nsubj", "nsubjpass", "csubj", "expl", "aux"} for child in clause.children)
        return subject or self._masked(clause) or clause.pos_ == "AUX" or clause.tag_ in {"VBD", "VBZ", "VBP"}

    def _phrase(self, head: Token) -> list[Token]:
        start, end = phrase.span(self.passage, head)
        return self.passage.tokens(start, end)


def _overlaps(one: Attribution, other: Attribution) -> bool:
    """Whether another attribution has characters of one's content."""
    return one is not other and any(
        left < end and start < right for start, end in one.content for left, right in other.content
    )


def _merged(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans that touch or overlap as one; marks and white space between two do not part them."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip(' \u00a0“”"')):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
