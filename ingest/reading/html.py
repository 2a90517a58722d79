"""Web pages, as a browser saves them: the main text in its paragraphs, lists and headings, and the page's own metadata.

trafilatura finds the main text. What it cannot take, because a page was made to be too much or has no main part, is
read as the sequence of its lines. Nothing is fetched, no script runs, and no entity but HTML's own is expanded.
"""

from __future__ import annotations

import html as entities
import logging
import re
from functools import cache
from itertools import chain, pairwise, zip_longest
from typing import Any

from ingest.reading import encoding, page
from ingest.reading.limits import ATTRIBUTES, HTML_ELEMENTS, HTML_INLINE
from ingest.reading.reader import Reading
from ontology.errors import InputError

Tree = Any
"""A tree of lxml, which has no types."""

KEPT_SPACE = "\U000f00a0"
"""Stands for a no-break space while trafilatura, which would make it a common one, is at work; a private character."""

INLINE = frozenset(
    {"a", "abbr", "b", "br", "code", "em", "font", "i", "img", "mark", "small", "span", "strong", "sub", "sup", "u"}
)

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]{0,200}\?>")
_LOOKED_AT = 4096

_BEGINNING = 50
"""Characters in which the library looks for a sign that this is HTML."""

_OUTSIZED_TAG = re.compile(rf"<([a-zA-Z][\w:-]{{0,40}})\s[^<>]{{{ATTRIBUTES},}}>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

# What has no end goes to the end of the page, as in browsers; so each character is looked at once.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|title)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_ITEM = re.compile(r"<li\b[^<>]*>\s*(?:<(?:p|div)\b[^<>]*>)?", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|form|h[1-6]|header|hr|li|main|ol|p|pre"
    r"|section|table|tbody|td|th|thead|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read(data: bytes, place: str, charset: str | None = None, url: str | None = None) -> Reading:
    """The main text of a page, and what its tags say of it.

    Args:
        data: the page.
        place: what errors name.
        charset: the encoding that an HTTP response declared.
        url: the address that it was fetched from, for pages that do not give their own.

    Raises:
        InputError: it is no text, or the page has none.
    """
    found = _DECLARED.search(data, 0, _LOOKED_AT) or _XML_DECLARED.match(data)
    decoded = encoding.decode(data, place, charset or (found[1].decode("ascii", "replace") if found else None))
    encoding.check(decoded.text, place)
    markup = _XML_DECLARATION.sub("", decoded.text, count=1)
    tree = _tree(markup)
    metadata = page.metadata(tree, markup, url)
    return Reading(_text(tree, markup, place, metadata.title), decoded.encoding, metadata)


def piece(markup: str, place: str) -> str:
    """The text of a piece of markup that is content as a whole, such as the words of an article in JSON.

    Raises:
        InputError: it has none.
    """
    text = _lines(markup)
    if not text:
        raise InputError("there is no text in this article", place)
    return text


def _tree(markup: str) -> Tree | None:
    """The page as a tree of lxml; None when there is no element in it."""
    _silence()
    from trafilatura.utils import load_html

    plain = _OUTSIZED_TAG.sub(_without_attributes, _NOT_IN_XML.sub("", markup))
    return load_html(plain if "html" in plain[:_BEGINNING].lower() else f"<html>{plain}")


@cache
def _silence() -> None:
    """What the library has to say of a page is not for the user."""
    log = logging.getLogger("trafilatura")
    log.addHandler(logging.NullHandler())
    log.propagate = False


def _without_attributes(tag: re.Match[str]) -> str:
    """A tag alone when it has more attributes than any page needs: parsing them takes time by their square."""
    return f"<{tag[1]}>" if len(_QUOTED.sub("", tag[0])) > ATTRIBUTES else tag[0]


def _text(tree: Tree | None, markup: str, place: str, title: str | None) -> str:
    text = None
    if tree is not None and _is_ordinary(tree):
        headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
        text = _main(tree)
        if text is not None:
            text = _with_headline(text, headings, title)
    text = text or _lines(markup)
    if not text.strip():
        raise InputError("there is no text on this page", place)
    return text


def _is_ordinary(tree: Tree) -> bool:
    """Whether looking for the main part of a page takes no longer than it should."""
    work = 0
    for number, element in enumerate(tree.iter()):
        work += sum(child.tag in INLINE for child in element) ** 2
        if number > HTML_ELEMENTS or work > HTML_INLINE:
            return False
    return True


def _main(tree: Tree) -> str | None:
    """The main text as trafilatura finds it."""
    from trafilatura import bare_extraction

    for element in tree.iter():
        for side in ("text", "tail"):
            words = getattr(element, side)
            if isinstance(words, str) and "\u00a0" in words:
                setattr(element, side, _NOT_IN_XML.sub("", words).replace("\u00a0", KEPT_SPACE))
    try:
        found: Any = bare_extraction(tree, output_format="python", include_comments=False, with_metadata=False)
    # A page can break assumptions of the library in more ways than it names; its lines are read instead.
    except Exception:  # noqa: BLE001
        return None
    if found is None or found.body is None:
        return None
    blocks = [block.replace(KEPT_SPACE, "\u00a0") for block in _blocks(found.body)]
    return "\n\n".join(block for block in blocks if block.strip()) or None


def _blocks(body: Any) -> list[str]:
    """The blocks of a body: a paragraph or heading each, a list with a line for each item, a table with one a row."""
    found: list[str] = []
    if body.text and body.text.strip():
        found.append(_squeezed(body.text))
    for element in body:
        match element.tag:
            case "list":
                found.append("\n".join(f"• {words}" for item in element.iter("item") if (words := _own_words(item))))
            case "table":
                rows = ([_words(cell) for cell in row.iter("cell")] for row in element.iter("row"))
                found.append("\n".join(" | ".join(filter(None, row)) for row in rows))
            case "quote" | "div" if any(child.tag in ("p", "list", "head", "quote") for child in element):
                found += _blocks(element)
            case _:
                found.append(_words(element))
        if element.tail and element.tail.strip():
            found.append(_squeezed(element.tail))
    return [block for block in found if block]


def _words(element: Any) -> str:
    """The words in an element, on one line but for its own line breaks."""
    lines = (_squeezed(line) for line in _joined(element, without=None).split("\n"))
    return "\n".join(line for line in lines if line)


def _joined(element: Any, without: str | None) -> str:
    """All words in an element, a line break for each `lb`, but none of elements of one kind inside it."""
    parts = [_SPACES.sub(" ", element.text or "")]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif child.tag != without:
            parts.append(_joined(child, without))
        parts.append(_SPACES.sub(" ", child.tail or ""))
    return "".join(parts)


def _own_words(item: Any) -> str:
    """The words of a list's item without those of the lists inside it, whose items have lines of their own."""
    return _squeezed(_joined(item, without="list"))


def _squeezed(words: str) -> str:
    return _SPACES.sub(" ", words).strip(" ")


def _with_headline(text: str, headings: list[str], title: str | None) -> str:
    """The text under its headline, which trafilatura leaves out when it stands apart from the story."""
    known = [heading for heading in headings if heading and (title is None or heading in title or title in heading)]
    headline = known[0] if known else headings[0] if len(headings) == 1 else ""
    return (
        text if not headline or headline in " ".join(text[: len(headline) + 1000].split()) else f"{headline}\n\n{text}"
    )


def _lines(markup: str) -> str:
    """All text of a page, a paragraph for each block and a line for each item of a list, in linear time."""
    marked = _ITEM.sub("\n• ", _SPACES.sub(" ", _UNSEEN.sub(" ", markup)))
    bare = entities.unescape(_TAG.sub("", _BLOCK.sub("\n", marked))).replace("\0", "\ufffd")
    lines = [line for each in bare.split("\n") if (line := _squeezed(each)) not in ("", "•")]
    joints = ("\n" if one[0] == other[0] == "•" else "\n\n" for one, other in pairwise(lines))
    return "".join(chain.from_iterable(zip_longest(lines, joints, fillvalue="")))
