"""Titles of jobs in a sentence: noun phrases that end in a noun of `data/job_titles.txt`, with their modifiers.

The words of a title are found by their tags, not by the tree over them: parsers hang long compounds in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.language.article import Passage, Sentence
from ingest.rules.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

POSITIONS = words("positions.txt")
"""Nouns that mean a job; after a title they belong to it ("the product manager role")."""

LONGEST = 4000
"""Characters beyond which a sentence is none, and is not read."""

LEVEL = re.compile(r"(?:[LI]\d{1,2}|[Ss]enior|[Jj]unior|[Ss]taff|[Pp]rincipal|[Ll]ead|[Mm]id-?level|[Ee]ntry-?level)\b")
"""What a title begins with that tells its level."""

_HEADS = words("job_titles.txt")
_QUALITIES = words("job_qualities.txt")
_MODIFIERS = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "VBG", "VBN", "HYPH", "CD", "``", "''", "CC", "SYM", "RB"}
)
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PLURAL = frozenset({"NNS", "NNPS"})
_BEFORE = frozenset({"DT", "PRP$", "CD", "PDT", "$"})
QUOTES = frozenset("“”\"'‘’")
"""Quotation marks as tokens."""
_MOST_OF_A_KIND = 10
_LEVEL_CODE = re.compile(r"[A-Z]\d{1,2}\Z")
_HIRING = frozenset({"hire", "seek", "recruit", "advertise", "post", "list", "need", "want", "employ", "represent"})
_FILLER = re.compile(r"[Xx]x{3,}\Z")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Title:
    """A job title at a place: `left` is where its determiner begins, `end` lies after the noun "role" or the like."""

    start: int
    stop: int
    left: int
    end: int
    words: str
    head: Token
    passage: Passage
    determiner: str | None
    plural: bool
    numbered: bool
    role_noun: str | None

    @property
    def definite(self) -> bool:
        """Whether it speaks of a job that is known already."""
        return self.determiner in {"the", "this", "that", "these", "those", "both"}

    @property
    def key(self) -> tuple[str, ...]:
        """Its words, in lower case and singular, for comparison."""
        return tuple(word.casefold().removesuffix("s") for word in _WORD.findall(self.words))


def titles(text: str, sentence: Sentence) -> list[Title]:
    """The job titles of a sentence, in order, whoever has or is offered the job."""
    tokens = list(sentence.tokens)
    found: list[Title] = []
    for index in range(len(tokens)):
        title = _title(text, sentence.passage, tokens, index)
        if title is None:
            continue
        # "A principal engineer" holds "a principal", which is no title of its own.
        if found and title.start <= found[-1].start:
            found.pop()
        found.append(title)
    return found


def joined(text: str, one: Title, other: Title) -> bool:
    """Whether nothing but "and" or the like stands between two titles."""
    return text[one.stop : other.start].strip().casefold() in {"and", "or", ",", ", and", "/"}


def with_level(text: str, title: Title, previous: Title | None) -> Title:
    """The whole phrase where a title shares the level of the one before ("L5 engineer and scientist positions")."""
    if previous is None or not joined(text, previous, title) or title.determiner is not None:
        return title
    if not LEVEL.match(previous.words) or LEVEL.match(title.words) or not (title.role_noun or "").endswith("s"):
        return title
    return replace(title, start=previous.start, words=" ".join(text[previous.start : title.stop].split()))


def positions(text: str, sentence: Sentence) -> list[Title]:
    """Phrases such as "various machine learning roles", which stand for jobs without their titles."""
    tokens = list(sentence.tokens)
    found = []
    for index, token in enumerate(tokens):
        if token.text.casefold() in POSITIONS and token.tag_ in _PLURAL:
            found.append(title_phrase(text, sentence.passage, tokens, index, index))
    return found


def is_title(token: Token) -> bool:
    """Whether a noun names a job."""
    return token.tag_ in _NOUNS and _names_job(token)


def _names_job(token: Token) -> bool:
    word = token.text.casefold()
    return word in _HEADS or word.removesuffix("s") in _HEADS


def _title(text: str, passage: Passage, tokens: Sequence[Token], index: int) -> Title | None:
    head = tokens[index]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    # Taggers take the "specialist" of "a specialist job" for an adjective.
    mistaken = head.tag_ == "JJ" and after is not None and after.text.casefold() in POSITIONS and _names_job(head)
    if not is_title(head) and not mistaken:
        return None
    last = index
    if after is not None:
        if after.tag_ in {"POS", "HYPH"}:
            return None
        if after.text.casefold() in POSITIONS:
            last = index + 1
        elif after.tag_ in _NOUNS or (after.tag_ == "CC" and head.dep_ in {"compound", "nmod"}):
            return None
    return title_phrase(text, passage, tokens, index, last)


def title_phrase(text: str, passage: Passage, tokens: Sequence[Token], index: int, last: int) -> Title:
    """The title whose noun is at `index`, and whose noun for a job, such as "role", is at `last` if it has one."""
    first = _first(tokens, index)
    first = _after_lone_quote(tokens, first, index)
    while first < index and (tokens[first].text.casefold() in _QUALITIES or _is_no_word(tokens[first])):
        first += 1
        while first < index and tokens[first].tag_ == "HYPH":
            first += 1
    left, determiner, numbered = determined(tokens, first, _first(tokens, index))
    stop = _complement(passage, tokens, index)
    start = passage.place(tokens[first])[0]
    end = max(stop, passage.place(tokens[last])[1])
    head = tokens[index]
    return Title(
        start=start,
        stop=stop,
        left=passage.place(tokens[left])[0],
        end=end,
        words=" ".join(text[start:stop].split()),
        head=head,
        passage=passage,
        determiner=determiner,
        plural=head.tag_ in _PLURAL,
        numbered=numbered,
        role_noun=tokens[last].text.casefold() if last > index else None,
    )


def _first(tokens: Sequence[Token], index: int) -> int:
    """Where the modifiers of a noun begin."""
    first = index
    while first > 0:
        before = tokens[first - 1]
        if (before.tag_ not in _MODIFIERS and not _is_noun_as_verb(tokens, first - 1)) or _FILLER.match(before.text):
            break
        if before.tag_ == "CC" and before.text not in {"&", "/"}:
            break
        if before.tag_ == "CD" and not _LEVEL_CODE.match(before.text):
            break
        if before.tag_ == "RB" and not (first < index and tokens[first].tag_ == "HYPH"):
            break
        if before.tag_ in {"VBG", "VBN"} and not _is_modifier(before):
            break
        first -= 1
    while first < index and tokens[first].tag_ in {"HYPH", "SYM", "CC"}:
        first += 1
    return first


def _is_noun_as_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the tagger took a noun for a verb, which no noun in the singular stands before: "customer support"."""
    return tokens[index].tag_ in {"VB", "VBP"} and index > 0 and tokens[index - 1].tag_ == "NN"


def _is_modifier(verb: Token) -> bool:
    """Whether a participle stands for an adjective ("rising director") and does not govern what follows ("hiring")."""
    return verb.dep_ in {"amod", "compound", "nmod"} and verb.lemma_.casefold() not in _HIRING


def _after_lone_quote(tokens: Sequence[Token], first: int, index: int) -> int:
    """The beginning of a phrase, or of the quotation in it that does not close before its noun."""
    marks = [i for i in range(first, index) if tokens[i].text in QUOTES]
    return marks[-1] + 1 if len(marks) % 2 else first


def _is_no_word(token: Token) -> bool:
    return token.tag_ in {"HYPH", "CC", "SYM"}


def determined(tokens: Sequence[Token], first: int, run: int) -> tuple[int, str | None, bool]:
    """Where the determiner and the number of a phrase begin, what determines it, and whether it is numbered."""
    left, determiner, numbered = run, None, False
    while left > 0 and tokens[left - 1].tag_ in _BEFORE:
        left -= 1
        numbered = numbered or _is_count(tokens, left)
        if tokens[left].tag_ not in {"CD", "$"}:
            determiner = tokens[left].text.casefold()
    return min(left, first), determiner, numbered


def _is_count(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number counts few enough jobs to be those of one notice, and is no amount of money."""
    money = index > 0 and tokens[index - 1].tag_ == "$"
    written = tokens[index].text.replace(",", "")
    return tokens[index].tag_ == "CD" and not money and not (written.isdigit() and int(written) > _MOST_OF_A_KIND)


def _is_indefinite(tokens: Sequence[Token], index: int) -> bool:
    first = _first(tokens, index)
    return first > 0 and tokens[first - 1].text.casefold() in {"a", "an"}


def _complement(passage: Passage, tokens: Sequence[Token], index: int) -> int:
    """Where the title ends: after its noun, or after "of generative production", "for generative AI"."""
    stop = passage.place(tokens[index])[1]
    after = index + 1
    if after + 1 >= len(tokens):
        return stop
    # "A Lead, Story Data & Tools": capital letters go on over the comma.
    field = tokens[after].text == "," and tokens[index].tag_ == "NNP" and tokens[after + 1].tag_ in {"NNP", "NNPS"}
    if tokens[after].text.casefold() not in {"of", "for"} and not (field and _is_indefinite(tokens, index)):
        return stop
    reached = after + 1
    while reached < len(tokens) and (
        tokens[reached].tag_ in _NOUNS | {"JJ", "VBG", "VBN", "HYPH"}
        or (tokens[reached].text in {"&", "and"} and reached + 1 < len(tokens) and tokens[reached + 1].tag_ in _NOUNS)
    ):
        if tokens[reached].text == "and" and is_title(tokens[min(reached + 2, len(tokens) - 1)]):
            break
        reached += 1
    while reached > after + 1 and tokens[reached - 1].tag_ not in _NOUNS:
        reached -= 1
    if reached == after + 1:
        return stop
    return passage.place(tokens[reached - 1])[1]
