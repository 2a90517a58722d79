"""From bytes to text: by a byte order mark, as UTF-8, as the page declares, or by the best guess, in this order.

Nothing is normalised: a byte order mark stays, as do line ends and spaces of every kind. Names of encodings are those
of IANA; what pages call by an older name is read as browsers read it (https://encoding.spec.whatwg.org/#names-and-labels).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from ontology.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
"""Byte order marks, with the decoder that keeps the mark and the name of the encoding; the longer ones first."""

WESTERN = "windows-1252"
READ_AS = {
    "ascii": WESTERN,
    "cp1252": WESTERN,
    "iso8859-1": WESTERN,
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
"""Python's names of encodings, with the one that is meant by them; files say the first and hold the second."""

GUESSED_FROM = 2**16
"""Bytes from which an encoding is guessed."""

FEW = 0.15
"""Share of bytes above 127 up to which a text that is not UTF-8 is taken for a Western language's."""

TORN = 0.002
"""Share of characters that may be broken in a page which declares its encoding, as when it was cut in the middle."""

CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
MOSTLY = 0.02
"""Share of control characters from which on something is no text."""

_HIGH = re.compile(rb"[\x80-\xff]")
_NEED_A_MARK = ("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7")

# What a Western text has above 127, in windows-1252: letters, quotation marks, dashes, signs of currency and the like.
_WESTERN_SIGNS = re.compile(
    rb"[A-Za-z][\xc0-\xd6\xd8-\xf6\xf8-\xff\x8a\x8c\x8e\x9a\x9c\x9e\x9f\x92]"  # a letter or apostrophe after a letter
    rb"|[\xc0-\xd6\xd8-\xf6\xf8-\xff\x8a\x8c\x8e\x9a\x9c\x9e\x9f][A-Za-z]"
    rb"|[\x82-\x85\x91-\x97\x99\x80\xa0\xa3\xa7\xa9\xab\xae\xb0\xb4\xb7\xbb-\xbf]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """Text with the encoding that it was decoded from."""

    text: str = field(repr=False)
    encoding: str


def decode(data: bytes, place: str, declared: str | None = None) -> Text:
    """The text that bytes hold.

    Args:
        data: the bytes.
        place: what to name when they are no text.
        declared: the encoding that the file or its envelope claims to have.

    Raises:
        InputError: they are no text in any known encoding.
    """
    for mark, decoder, name in MARKS:
        if data.startswith(mark):
            return Text(_strict(data, decoder, name, place), name)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        wrong = f"byte 0x{data[error.start]:02x} at offset {error.start}"
    _refuse_binary(data, place)
    found = _declared(data, declared) or _guess(data)
    if found is None:
        raise InputError(f"not text in UTF-8 or any other encoding that can be recognised: {wrong}", place)
    return found


def check(text: str, place: str) -> None:
    """Refuse what is no text although it could be decoded.

    Raises:
        InputError: it has a NUL or many control characters, or nothing but white space.
    """
    nul = text.find("\0")
    if nul >= 0:
        raise InputError(f"not a text: a NUL character at offset {nul}", place)
    controls = list(CONTROLS.finditer(text))
    if len(controls) > MOSTLY * len(text):
        raise InputError(f"not a text: {len(controls)} control characters, the first at {controls[0].start()}", place)
    if not text.strip().strip("\ufeff"):
        raise InputError("there is only white space", place)


def _strict(data: bytes, decoder: str, name: str, place: str) -> str:
    try:
        return data.decode(decoder)
    except UnicodeDecodeError as error:
        raise InputError(f"not {name.upper()} text: {error.reason} at offset {error.start}", place) from error


def _refuse_binary(data: bytes, place: str) -> None:
    # UTF-16 without a mark has a NUL at every other byte; anything else with a NUL is no text.
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError(f"not a text: a NUL byte at offset {nul}", place)


def _declared(data: bytes, declared: str | None) -> Text | None:
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return None
    name = READ_AS.get(name, name)
    try:
        return Text(data.decode(name), _iana(name))
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return Text(text, _iana(name)) if text.count("\ufffd") <= TORN * len(text) else None


def _guess(data: bytes) -> Text | None:
    first = _HIGH.search(data)
    start = max(0, (first.start() if first else 0) - GUESSED_FROM // 2)
    sample = data[start : start + GUESSED_FROM]
    high = len(_HIGH.findall(sample))
    # Short texts and texts with few signs beyond ASCII tell a statistical guess too little.
    if high <= max(3, FEW * len(sample)) and _is_western(sample, high):
        try:
            return Text(data.decode(WESTERN), WESTERN)
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    for match in from_bytes(sample, cp_exclusion=list(_NEED_A_MARK)):
        name = READ_AS.get(codecs.lookup(match.encoding).name, match.encoding)
        try:
            return Text(data.decode(name), _iana(name))
        except UnicodeDecodeError:
            continue
    return None


def _is_western(sample: bytes, high: int) -> bool:
    known = sum(len(_HIGH.findall(found)) for found in _WESTERN_SIGNS.findall(sample))
    return known >= 0.8 * high


def _iana(name: str) -> str:
    """Python's name of an encoding as IANA writes it."""
    name = codecs.lookup(name).name
    return {"cp932": "windows-31j", "cp949": "ks_c_5601-1987", "big5hkscs": "big5-hkscs", "mac-roman": "macintosh"}.get(
        name, f"windows-{name[2:]}" if re.fullmatch(r"cp12\d\d|cp874", name) else name.replace("iso8859", "iso-8859")
    ).replace("_", "-")
