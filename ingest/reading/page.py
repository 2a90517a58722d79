"""What a page says of its article: in JSON-LD (https://schema.org/Article), in meta tags, and in its head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ingest.document import Metadata
from ingest.reading import envelope

Tree = Any
"""A tree of lxml, which has no types."""

ARTICLE: Final = re.compile(
    r"(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report\w*|ScholarlyArticle)\Z"
)
"""Types of schema.org that are articles."""

LINKED = {
    "title": ("headline", "name"),
    "authors": ("author", "creator"),
    "publisher": ("publisher", "sourceOrganization"),
    "published": ("datePublished", "dateCreated"),
    "modified": ("dateModified",),
    "url": ("url", "mainEntityOfPage", "@id"),
    "language": ("inLanguage",),
}
"""For each field, the properties of an article in JSON-LD."""

META = {
    "title": (
        "og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "twitter:title",
    ),
    "authors": (
        "author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author",
        "sailthru.author", "byl",
    ),
    "publisher": (
        "og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "application-name", "publisher",
    ),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
        "publish_date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.date",
        "dcterms.issued", "dcterms.created", "citation_publication_date", "citation_date",
        "cxenseparse:recs:publishtime",
    ),
    "modified": (
        "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified",
        "revised",
    ),
    "url": ("og:url", "parsely-link"),
    "language": ("og:locale", "dc.language", "language", "content-language"),
}  # fmt: skip
"""For each field, the names of meta tags, the one that counts most first."""

_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s+url:\s*)(\S{1,2000})", re.IGNORECASE
)
_TITLE_TAIL = re.compile(r"\s+[|–—·-]\s+([^|–—·]{1,60})\Z")
_DEEPEST = 20


def metadata(tree: Tree | None, markup: str, url: str | None = None) -> Metadata:
    """The metadata of a page; `url` is where it was fetched from, which counts when the page does not say.

    JSON-LD goes before meta tags, these before the page's head.
    """
    if tree is None:
        return Metadata(url=envelope.address(url))
    linked, tags = _linked(tree), _tags(tree)
    values = {field: next(_understood(field, [*linked.get(field, ()), *tags.get(field, ())]), None) for field in LINKED}
    saved = _SAVED_FROM.search(markup[:20_000])
    language = (tree.get("lang") or tree.get("xml:lang")) if tree.tag == "html" else None
    publisher = values["publisher"]
    return Metadata(
        title=_title(values["title"] or _head_title(tree), publisher),
        authors=values["authors"] or (),
        publisher=publisher,
        published=values["published"] or next(_understood("published", _times(tree)), None),
        modified=values["modified"],
        url=values["url"] or next(_understood("url", [*_canonical(tree), saved[1] if saved else None, url]), None),
        language=values["language"] or envelope.language(language),
    )


def _understood(field: str, values: list[Any]) -> Iterator[Any]:
    """Values of a field, those that can be understood."""
    understand: dict[str, Any] = {
        "authors": envelope.people,
        "published": envelope.edtf,
        "modified": envelope.edtf,
        "url": envelope.address,
        "language": envelope.language,
    }
    return filter(None, map(understand.get(field, envelope.words), values))


def _linked(tree: Tree) -> dict[str, list[Any]]:
    """What the first article in the page's JSON-LD says."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            value = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        article = next(_articles(value), None)
        if article is not None:
            nodes = {node["@id"]: node for node in _nodes(value) if isinstance(node.get("@id"), str)}
            return {
                field: [_followed(article[key], nodes) for key in names if key in article]
                for field, names in LINKED.items()
            }
    return {}


def _articles(value: Any) -> Iterator[dict[str, Any]]:
    for node in _nodes(value):
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and ARTICLE.match(kind.rpartition("/")[2]) for kind in kinds):
            yield node


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD, at the top, in a list, or in a graph."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _nodes([value.get("@graph"), value.get("mainEntity")], depth + 1)


def _followed(value: Any, nodes: dict[str, dict[str, Any]]) -> Any:
    """A value, and for a reference to another node of the page, that node; an address where there is none."""
    if isinstance(value, list):
        return [_followed(each, nodes) for each in value]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return nodes.get(value["@id"], value["@id"])
    return value


def _tags(tree: Tree) -> dict[str, list[Any]]:
    """What the meta tags say; several authors are one list."""
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = tag.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), []).append(content)
    return {
        field: [found[name] if field == "authors" else found[name][0] for name in names if name in found]
        for field, names in META.items()
    }


def _times(tree: Tree) -> list[Any]:
    """Moments that the page marks as those of its publication."""
    return [
        time.get("datetime") or time.get("content")
        for time in tree.iter("time", "span", "meta")
        if time.get("itemprop") == "datePublished" or (time.tag == "time" and time.get("pubdate") is not None)
    ]


def _canonical(tree: Tree) -> list[Any]:
    return [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]


def _head_title(tree: Tree) -> str | None:
    return next((envelope.words(title.text_content()) for title in tree.iter("title") if title.text), None)


def _title(title: str | None, publisher: str | None) -> str | None:
    """The title without the publisher's name, which pages add to it."""
    if title is None or publisher is None:
        return title
    tail = _TITLE_TAIL.search(title)
    return title[: tail.start()] if tail and tail[1].strip().lower() == publisher.lower() else title
