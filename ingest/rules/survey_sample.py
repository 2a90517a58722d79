"""How many a survey asked, and who they are: "a survey of 1,187 business leaders", "asked 800 radiologists about"."""

from __future__ import annotations

import re

_COUNT = r"(?P<count>\d{1,3}(?:,\d{3})+|\d{2,6})"
_QUALIFIED = r"(?:(?:more than|over|about|around|nearly|almost|some|roughly|at least|approximately|a total of)\s+)?"
_POPULATION = (
    r"\s+(?P<who>(?!(?:of\b|percent|per cent|years?|days?|weeks?|months?)\b)"
    r"[^\d\W](?:(?<=U)\.(?:S|K)\.|[^,.;:()%]){1,80}?)"
    r"(?=\s+(?:by|surveyed|polled|questioned|conducted|carried|commissioned|released|published|taken|who|that|which|"
    r"found|finds|shows?|showed|suggest\w*|"
    r"between|this|last|for|on|from|about|whether|if|to|how|what|together|said|in (?:19|20)\d\d|"
    r"in (?:early |late |mid-)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|the)|"
    r"wanted|want|would|were|are|and found)\b|[,.;:()]|\s[—–-]|\Z)"
)
_SAMPLE_AFTER_NOUN = re.compile(
    rf"\b(?:surveys?|polls?|questionnaire|stud(?:y|ies)|trial|responses|answers|interviews|sample)\b[^.;:]{{0,60}}?\b"
    rf"(?:of|from|among|with)\s+{_QUALIFIED}{_COUNT}(?:{_POPULATION})?(?!\s*(?:%|percent))",
    re.IGNORECASE,
)
_SAMPLE_AFTER_VERB = re.compile(
    rf"\b(?:surveyed|surveying|polled|polling|canvassed|questioned|interviewed|quizzed|sampled)\s+{_QUALIFIED}{_COUNT}"
    rf"(?:{_POPULATION})?",
    re.IGNORECASE,
)
_SAMPLE_AFTER_SHARE = re.compile(
    rf"(?:%|percent|per cent|half|thirds?|quarters?|\b(?:in|out of) \w+) of (?:the )?{_COUNT}{_POPULATION}",
    re.IGNORECASE,
)
_SAMPLE_BEFORE_VERB = re.compile(
    rf"\b(?:the|some|among|of) {_COUNT}{_POPULATION}\s+(?:(?:who|that)\s+(?:were\s+)?|it\s+|they\s+)?"
    r"(?:surveyed|polled|questioned|interviewed|responded|answered|took\s+part)\b",
    re.IGNORECASE,
)
_SAMPLE_AFTER_ASKED = re.compile(rf"\basked\s+{_QUALIFIED}{_COUNT}{_POPULATION}", re.IGNORECASE)
_PATTERNS = (
    _SAMPLE_BEFORE_VERB,
    _SAMPLE_AFTER_VERB,
    _SAMPLE_AFTER_NOUN,
    _SAMPLE_AFTER_SHARE,
    _SAMPLE_AFTER_ASKED,
)


def sample_of(words: str) -> re.Match[str] | None:
    """How many were asked, and who they are."""
    for pattern in _PATTERNS:
        match = pattern.search(words)
        if match is not None and not (re.fullmatch(r"(?:19|20)\d\d", match["count"]) and match["who"] is None):
            return match
    return None
