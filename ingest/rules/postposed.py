"""Attributions that stand last, and that parse or cues miss: "…, a filing shows", “…,” she drawled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.language.article import Span
from ingest.language.quotation import Quotation
from ingest.rules.attribution import Attribution
from ingest.rules.cue import cue
from ingest.rules.scope import Scope
from ingest.rules.subject import own_subject
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINAL = re.compile(
    r"(?:,|[,.!?][”\"])\s+(?P<speaker>[^,;:“”\"]{2,70}?)\s+"
    rf"(?P<cue>{'|'.join(sorted(group('postposed'), reverse=True))})"
    r"(?:\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?[.”\"]*\Z"
)
_ENDS_AS_AN_UTTERANCE = ",?!"
_BETWEEN = frozenset(",;:—(")
_FURTHEST = 60
"""Characters after a quotation within which its verb stands."""


def final(scope: Scope, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """ "…, a filing shows." where the parser took the verb for a noun, or the content for its object."""
    start = scope.sentence.start
    match = _FINAL.search(scope.text[start : scope.sentence.end])
    if match is None or scope.article.in_quotation(start + match.start("cue")) is not None:
        return
    span = start + match.start("cue"), start + match.end("cue")
    head = scope.passage.token_at(start + match.end("speaker") - 1)
    content = scope.trimmed(start, start + match.start())
    known = any(has_cue(each, span) and each.content for each in found)
    if known or head is None or head.pos_ not in {"NOUN", "PROPN", "PRON"} or content[1] <= content[0]:
        return
    if _is_quoted(scope, content):
        yield Attribution("quotation", scope.sentence, head, span, predicate=scope.passage.token_at(span[0]))
    else:
        yield Attribution("floating", scope.sentence, head, span, (content,))


def has_cue(attribution: Attribution, span: Span) -> bool:
    """Whether the cue of an attribution begins in a span."""
    return span[0] <= attribution.cue[0] < span[1]


def unlisted(scope: Scope) -> Iterator[Attribution]:
    """“…,” she deadpanned: after a whole quotation any verb attributes that has only its subject beside it."""
    for quotation in scope.quotations:
        last = quotation.pieces[-1][1]
        inside = scope.sentence.start <= quotation.end < scope.sentence.end
        verb = _verb_after(scope, quotation) if inside and scope.text[last - 1] in _ENDS_AS_AN_UTTERANCE else None
        if verb is None or cue(verb) is not None:
            continue
        speaker = own_subject(verb)
        between = scope.text[quotation.end : scope.passage.place(verb)[0]]
        if speaker is not None and not scope.is_quoted(speaker) and not _BETWEEN & set(between):
            yield Attribution("quotation", scope.sentence, speaker, scope.passage.place(verb), predicate=verb)


def _verb_after(scope: Scope, quotation: Quotation) -> Token | None:
    """The first finite verb right after a quotation."""
    end = min(scope.sentence.end, quotation.end + _FURTHEST)
    after = scope.passage.tokens(quotation.end, end)
    return next((token for token in after if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ"}), None)


def _is_quoted(scope: Scope, content: Span) -> bool:
    """Whether what is attributed is quoted from its beginning to its end."""
    inside = scope.article.quoted(*content)
    return bool(inside) and inside[0].start <= content[0] + 1 and inside[-1].end >= content[1] - 1
