"""Which quotation of a sentence belongs to which of its attributions, and what each attributes in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.article import Span
from ingest.language.quotation import Quotation
from ingest.rules.attribution import Attribution
from ingest.rules.cue import Frame, cue
from ingest.rules.scope import Scope
from ingest.rules.subject import subject
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_AIMING = group("aiming")
_PLAIN = group("plain")
_WIDEST_SPLIT = 120
"""Characters between an attribution and the second half of the quotation that it splits."""

_LONGEST_TITLE = 6
"""Words of the title of a work."""


def with_quotations(scope: Scope, found: Sequence[Attribution]) -> list[Attribution]:
    """Each quotation of the sentence goes to the cue that governs it; cues that are left without content go."""
    owned: list[list[Quotation]] = [[] for _ in found]
    for quotation in scope.quotations:
        index = _owner(scope, quotation, found)
        if index is not None:
            owned[index].append(quotation)
    completed = [_completed(scope, each, quoted) for each, quoted in zip(found, owned, strict=True)]
    made = [each for each in completed if each is not None]
    return [one for one in made if one.rule != "noun" or not any(o is not one and one.overlaps(o) for o in made)]


def _owner(scope: Scope, quotation: Quotation, found: Sequence[Attribution]) -> int | None:
    """The index of the attribution that a quotation belongs to."""
    inside = _around(scope, quotation, found)
    if inside is not None:
        return inside
    long = quotation.words(scope.text) >= 2
    candidates = [i for i, each in enumerate(found) if _takes_quotations(each, long)]
    governed = [i for i in candidates if _governs(scope, found[i].predicate, quotation)]
    if governed:
        return governed[-1]
    split = _split(scope, quotation, found) if long else None
    if split is not None:
        return split
    empty = [i for i in candidates if not found[i].content]
    # No short phrase in passing: where the parser hung the quotation elsewhere, the nearest cue has it.
    if not long or _is_title(scope, quotation) or not (empty or _is_whole(scope, quotation)):
        return None
    return min(empty or candidates, key=lambda i: _distance(found[i], quotation), default=None)


def _around(scope: Scope, quotation: Quotation, found: Sequence[Attribution]) -> int | None:
    """The attribution with the least content of those that have the quotation in theirs."""
    left, right = max(quotation.start, scope.sentence.start), min(quotation.end, scope.sentence.end)
    inside = [
        i for i, each in enumerate(found) if any(start <= left + 1 and right - 1 <= end for start, end in each.content)
    ]
    return min(inside, key=lambda i: sum(end - start for start, end in found[i].content), default=None)


def _takes_quotations(attribution: Attribution, long: bool) -> bool:
    """Whether quoted words may be what an attribution attributes, or a part of it."""
    if attribution.predicate is None:
        return False
    known = cue(attribution.predicate)
    frames = known is None or bool(known.frames & {Frame.QUOTATION, Frame.NAMING})
    return frames and (long or not attribution.content or attribution.rule in {"naming", "quotation"})


def _governs(scope: Scope, verb: Token | None, quotation: Quotation) -> bool:
    """Whether the verb is above the quotation's words in the parse, with no other cue between."""
    if verb is None:
        return False
    for left, right in quotation.pieces:
        tokens = scope.passage.tokens(max(left, scope.passage.start), min(right, scope.passage.end))
        if tokens and _is_above(scope, verb, tokens[0]):
            return True
    return False


def _is_above(scope: Scope, verb: Token, token: Token) -> bool:
    for above in token.ancestors:
        if above.i == verb.i:
            return True
        if above.pos_ == "VERB" and cue(above) is not None and subject(scope, above) is not None:
            return False
    return False


def _split(scope: Scope, quotation: Quotation, found: Sequence[Attribution]) -> int | None:
    """The attribution between this quotation and the one before it in the sentence: “A,” she said, “and B.”"""
    before = [each for each in scope.quotations if each.end <= quotation.start]
    if not before or scope.text[before[-1].pieces[-1][1] - 1] != ",":
        return None
    for index, each in enumerate(found):
        between = before[-1].end <= each.cue[0] and each.cue[1] <= quotation.start
        if between and quotation.start - each.cue[1] < _WIDEST_SPLIT:
            return index
    return None


def _is_title(scope: Scope, quotation: Quotation) -> bool:
    """Whether the quotation is the title of a work: few words, all of the long ones with capitals."""
    start, end = quotation.pieces[0]
    words = [word for word in scope.text[start:end].split() if len(word) > 3]
    few = quotation.words(scope.text) <= _LONGEST_TITLE and len(quotation.pieces) == 1
    return few and bool(words) and all(word[0].isupper() for word in words)


def _is_whole(scope: Scope, quotation: Quotation) -> bool:
    """Whether the quotation is a clause of its own: it ends as one, or begins as one."""
    first, last = quotation.pieces[0][0], quotation.pieces[-1][1]
    return scope.text[last - 1] in ",.!?…" and (scope.text[first].isupper() or len(quotation.pieces) > 1)


def _distance(attribution: Attribution, quotation: Quotation) -> int:
    start, end = attribution.cue
    return start - quotation.end if quotation.end <= start else quotation.start - end


def _completed(scope: Scope, attribution: Attribution, quoted: Sequence[Quotation]) -> Attribution | None:
    """The attribution with its quotations, if it has any content then."""
    pieces = [piece for each in quoted for piece in each.pieces]
    lemma = attribution.predicate.lemma_ if attribution.predicate is not None else None
    if not attribution.content:
        content = tuple(pieces) if pieces and _is_utterance(scope, quoted, lemma) else ()
    elif attribution.rule == "infinitive" and lemma in _AIMING and not quoted:
        # What somebody aims to do is said only where words of theirs stand in it.
        content = ()
    else:
        outside = [each for each in pieces if not any(s <= each[0] and each[1] <= e for s, e in attribution.content)]
        content = _merged([*attribution.content, *outside], scope.text)
    return replace(attribution, content=content, quotations=tuple(quoted)) if content else None


def _is_utterance(scope: Scope, quoted: Sequence[Quotation], lemma: str | None) -> bool:
    """Whether quoted words alone are something said: more than one word, or as one ends, or after a plain verb."""
    words = sum(each.words(scope.text) for each in quoted)
    ends = scope.text[quoted[-1].pieces[-1][1] - 1] in ".!?,…"
    return words >= 2 or ends or lemma is None or lemma in _PLAIN


def _merged(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans that touch or overlap as one; marks and white space between two do not part them."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip(' \u00a0“”"')):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
