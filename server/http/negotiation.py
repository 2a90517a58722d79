"""Content negotiation: which of the formats on offer suits an Accept header (RFC 9110, section 12.5.1).

https://www.rfc-editor.org/rfc/rfc9110#name-accept
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.formats import Format

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*")
_PARAMETER = re.compile(rf';\s*({_TOKEN})\s*=\s*("(?:[^"\\]|\\.)*"|{_TOKEN})\s*')
_QUALITY = re.compile(r"(?:0(?:\.\d*)?|1(?:\.0*)?|\.\d+)")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One member of an Accept header. `specificity`: 0 for */*, 1 for type/*, 2 for type/subtype."""

    type: str
    subtype: str
    quality: float = 1.0
    charset: str | None = None

    @property
    def specificity(self) -> int:
        """How much of a media type the range fixes."""
        return (self.type != "*") + (self.subtype != "*")

    def covers(self, media_type: str) -> bool:
        """Whether a media type falls in the range. All that is sent is UTF-8; other parameters are hints."""
        if self.charset not in {None, "utf-8", "utf8"}:
            return False
        type_, _, subtype = media_type.partition("/")
        return self.type in {"*", type_} and self.subtype in {"*", subtype}


@dataclass(frozen=True, slots=True)
class Choice:
    """The format chosen, and the one of its media types by which the client asked for it."""

    format: Format
    media_type: str


def media_ranges(accept: str) -> list[MediaRange]:
    """The members of an Accept header; those that are not media ranges are passed over.

    >>> media_ranges("text/turtle;q=0.5, */*;q=0")[0]
    MediaRange(type='text', subtype='turtle', quality=0.5, charset=None)
    """
    return [found for member in _members(accept) if (found := _media_range(member))]


def negotiate(accept: str | None, offers: Sequence[Format]) -> Choice | None:
    """The best format on offer, or None when the client takes none of them.

    For each media type the most specific range decides its quality. The highest quality wins; among equals the one that
    was asked for most specifically, then the server's order. No header, or an empty one, takes anything.
    """
    candidates = [Choice(offer, offer.media_type) for offer in offers]
    if accept is None or not accept.strip():
        return candidates[0] if candidates else None
    candidates += [Choice(offer, alias) for offer in offers for alias in offer.aliases]
    ranges = media_ranges(accept)
    best: tuple[float, int] = (0.0, 0)
    chosen: Choice | None = None
    for candidate in candidates:
        rank = _rank(candidate.media_type, ranges)
        if rank[0] > 0 and rank > best:
            best, chosen = rank, candidate
    return chosen


def _rank(media_type: str, ranges: Iterable[MediaRange]) -> tuple[float, int]:
    """Quality and specificity of the range that speaks for a media type."""
    specificity, quality = max(
        ((each.specificity, each.quality) for each in ranges if each.covers(media_type)), default=(0, 0.0)
    )
    return quality, specificity


def _members(header: str) -> list[str]:
    """Splits a header at its commas, but not at those inside quoted strings."""
    return re.findall(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+', header)


def _media_range(member: str) -> MediaRange | None:
    head = _RANGE.match(member)
    if not head:
        return None
    type_, subtype = head[1].lower(), head[2].lower()
    if type_ == "*" != subtype:
        return None
    parameters = {name.lower(): value.strip('"').lower() for name, value in _PARAMETER.findall(member[head.end() :])}
    quality = parameters.get("q", "1")
    if not _QUALITY.fullmatch(quality):
        return None
    return MediaRange(type_, subtype, float(quality), parameters.get("charset"))
