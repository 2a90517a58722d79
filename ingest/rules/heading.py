"""What a document says of itself: its title, authors and dates, its headings, and the lines around its images.

Such lines are no sentences: the evidence is the line as it stands, and the value the part of it that says the thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Date, DocumentMetadata, NameKind, Part
from ingest.language.article import Span
from ingest.language.block import Block, BlockKind
from ingest.rules.date import dated_lines, datelines, is_line
from ingest.rules.reading import Reading

_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:(?:de|da|del|della|van|von|der|den|bin|al|la|le|di|du)\s+)*[A-ZÀ-Þ][\w.’'-]*){1,3}"
_NAMES = re.compile(
    rf"(?P<first>{_NAME})(?P<others>(?:,?\s+(?:and|&)\s+{_NAME}|,\s+{_NAME}){{0,4}})(?=\s*(?:[,;|•·()/–—]|in\b|for\b|on\b|\Z))"
)
_BYLINE = re.compile(
    r"\W{0,3}\s*(?:(?:Story|Words|Text|Reporting|Written|Posted|Published|Article|Analysis)\s+)?(?:by|By|BY):?\s+(?=[A-ZÀ-Þ])"
    r"|\W{0,4}\s*(?:Author|Writer|Reporter):\s*(?=[A-ZÀ-Þ])"
    r"|\W{0,4}\s*Writer['’]s picture\s*(?=[A-ZÀ-Þ])"
    r"|[(\[—–-]\s*Reporting by\s+(?=[A-ZÀ-Þ])"
    r"|[•·]\s+(?=[A-ZÀ-Þ])"
)
_CREDIT = re.compile(
    r"[(\[]\s*(?:Source|Photo|Image|Picture|Photograph|Credit|Illustration)(?:\s+(?:credit|by|from))?\s*:?\s+(?P<inside>[^()\[\]\n]{2,80})[)\]]"
    r"|(?:\A|(?<=\n)|(?<=[—–|]\s))\s*(?:Photo|Image|Picture|Photograph|Illustration)(?:\s+credit|\s+by|\s+courtesy\s+of)?\s*:\s*"
    r"(?P<line>[^\n]{2,80})"
    r"|[(\[]\s*(?:Courtesy\s+of|Photo\s+by|Image\s+by)\s+(?P<courtesy>[^()\[\]\n]{2,80})[)\]]"
)
_RELATED = re.compile(
    r"\W{0,3}\s*(?:also\s+read|read\s+(?:also|more|next)|related(?:\s+(?:topics?|stor(?:y|ies)|articles?|reading))?|see\s+also"
    r"|more\s+(?:from|on)\s+this|recommended|you\s+may\s+also\s+like|don['’]t\s+miss)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"\b(?:updated|modified|corrected)\b", re.IGNORECASE)
_HEADING = re.compile(r"[\w“‘\"'][^$£€\d·|]*\s[^$£€\d·|]*\Z")
"""More than one word, with no amount in it and no bar that parts the items of a line."""
_LETTER = re.compile(r"[^\W\d_]")
_PICTURED = re.compile(r"(?:Pictured|Shown|Above|Top|Main)(?:\s+(?:above|below|here))?:\s+")
_TITLE_WITHIN = 4
_BEFORE_TITLE = 40
_TITLE_WORDS = 30


def metadata(reading: Reading) -> Iterator[DocumentMetadata]:
    """The facts about the document itself, each kind in the order of the text."""
    title = _title(reading)
    if title is not None:
        yield _fact(reading, "title", title, title, "0.95")
    yield from _authors(reading)
    yield from _dates(reading)
    yield from _images(reading)
    yield from _headings(reading, title)
    for block in reading.article.blocks:
        label = _RELATED.match(reading.text, block.start, block.end)
        if label is not None and block.end - label.end() < 200:
            yield _fact(reading, "related", (block.start, block.end), (label.end(), block.end), "0.9")


def _title(reading: Reading) -> Span | None:
    """The title of the metadata where it stands in the text, or the first line near the top that is a heading."""
    given = reading.article.document.metadata.title
    start = reading.text.find(given) if given else -1
    if given and start >= 0:
        return start, start + len(given)
    content = [block for block in reading.article.blocks if block.kind is not BlockKind.BOILERPLATE]
    words_before = 0
    for index, block in enumerate(content[:_TITLE_WITHIN]):
        if _is_title(reading, block, first=index == 0) and len(content) > index + 1:
            return _first_line(reading, block)
        words_before += len(reading.text[block.start : block.end].split())
        if words_before > _BEFORE_TITLE:
            return None
    return None


def _is_title(reading: Reading, block: Block, *, first: bool) -> bool:
    words = reading.text[block.start : block.end]
    if _is_apparatus(reading, block) or len(words.split()) > _TITLE_WORDS or len(words.split()) < 2:
        return False
    if block.kind is BlockKind.HEADING:
        return True
    return first and block.kind is BlockKind.PARAGRAPH and not re.search(r"[.:;,…)][”\"’')\]]*\Z", words)


def _first_line(reading: Reading, block: Block) -> Span:
    """A title ends with its line, even where the line under it looks as if it went on."""
    end = reading.text.find("\n", block.start, block.end)
    return block.start, end if end >= 0 else block.end


def _is_apparatus(reading: Reading, block: Block) -> bool:
    """Whether a line says who, when or what else there is to read."""
    text = reading.text
    return bool(
        is_line(reading, block)
        or _BYLINE.match(text, block.start, block.end)
        or _RELATED.match(text, block.start, block.end)
        or _CREDIT.match(text[block.start : block.end])
        or not _LETTER.search(text, block.start, block.end)
    )


def _authors(reading: Reading) -> Iterator[DocumentMetadata]:
    seen: set[str] = set()
    blocks = reading.article.blocks
    for number, block in enumerate(blocks):
        if 12 <= number < len(blocks) - 4 or block.end - block.start > 200:
            continue
        byline = _BYLINE.match(reading.text, _line_start(reading, block), block.end)
        names = _NAMES.match(reading.text, byline.end(), block.end) if byline else None
        if byline is None or names is None or (byline.group().strip() in "•·" and not _is_person(reading, names)):
            continue
        line = _line_start(reading, block), block.end
        for name in re.finditer(_NAME, names.group()):
            span = names.start() + name.start(), names.start() + name.end()
            if name.group() not in seen:
                seen.add(name.group())
                yield _fact(reading, "author", line, span, "0.9")
        for mention in reading.cast.mentions_in(names.end(), block.end):
            if mention.entity.kind is NameKind.ORGANIZATION and mention.entity.name not in seen:
                seen.add(mention.entity.name)
                yield _fact(reading, "publisher", line, (mention.start, mention.end), "0.8")


def _is_person(reading: Reading, names: re.Match[str]) -> bool:
    """Whether a line near the top consists of a person's name."""
    mention = reading.cast.mention_at(names.start())
    return mention is not None and mention.entity.kind is NameKind.PERSON and mention.end >= names.end("first")


def _line_start(reading: Reading, block: Block) -> int:
    """The start of the block with its bullet."""
    start = block.start
    while start > 0 and reading.text[start - 1] in " \t•·\u00a0" and block.start - start < 8:
        start -= 1
    while start < block.start and reading.text[start].isspace():
        start += 1
    return start


def _dates(reading: Reading) -> Iterator[DocumentMetadata]:
    found: set[str] = set()
    for (start, end), date in [*dated_lines(reading), *datelines(reading)]:
        block = next(each for each in reading.article.blocks if each.start <= start < each.end)
        before = reading.text[block.start : start]
        kind = "modified" if _MODIFIED.search(before) else "published"
        sentence = reading.article.sentence_at(start)
        line = (block.start, block.end)
        if block.end - block.start > 120 and sentence is not None:
            line = (sentence.start, sentence.end)
        if kind not in found:
            found.add(kind)
            yield _fact(reading, kind, line, (start, end), "0.95", date)


def _images(reading: Reading) -> Iterator[DocumentMetadata]:
    for block in reading.article.blocks:
        for match in _CREDIT.finditer(reading.text, block.start, block.end):
            group = next(name for name in ("inside", "line", "courtesy") if match[name])
            credit = match.start(), match.end()
            yield _fact(
                reading,
                "image_credit",
                _trimmed(reading.text, credit),
                _trimmed(reading.text, match.span(group)),
                "0.9",
            )
            pictured = _PICTURED.match(reading.text, block.start, match.start())
            caption = _trimmed(reading.text, (pictured.end() if pictured else block.start, match.start()))
            if caption[1] - caption[0] > 8 and match.end() >= block.end - 1 and block.end - block.start < 400:
                yield _fact(reading, "caption", caption, caption, "0.75")


def _headings(reading: Reading, title: Span | None) -> Iterator[DocumentMetadata]:
    """Headings after the title that a paragraph follows. A line without a capital is what stands in for an image."""
    blocks = [block for block in reading.article.blocks if block.kind is not BlockKind.BOILERPLATE]
    for number, block in enumerate(blocks[:-1]):
        if block.kind is not BlockKind.HEADING or (block.start, block.end) == title or _is_apparatus(reading, block):
            continue
        words = reading.text[block.start : block.end]
        follows = blocks[number + 1].kind is BlockKind.PARAGRAPH
        if title is None or block.start < title[1] or not follows or not _HEADING.match(words):
            continue
        lower = words == words.lower()
        yield _fact(
            reading, "caption" if lower else "heading", (block.start, block.end), (block.start, block.end), "0.7"
        )


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "—–|"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _fact(
    reading: Reading, kind: str, line: Span, value: Span, confidence: str, date: Date | None = None
) -> DocumentMetadata:
    words = " ".join(reading.text[value[0] : value[1]].split())
    whole = reading.segment(line, Part.SENTENCE)
    evidence = (whole,) if value == line else (whole, reading.segment(value, Part.VALUE))
    return reading.fact(
        DocumentMetadata,
        f"document/{kind.replace('_', '-')}",
        confidence,
        evidence,
        property=kind,
        value=words,
        date=date,
    )
