"""When two printed names are the same name: one folding for the authority file, lookup and resolution.

Case folding follows the Unicode Standard, section 3.13 (https://www.unicode.org/versions/latest/), after compatibility
normalization, so that a no-break space is a space and a ligature its letters.
"""

from __future__ import annotations

import re
from unicodedata import normalize

_MARKS = str.maketrans(
    dict.fromkeys("‘’‚‛ʼʻ′`´＇", "'")
    | dict.fromkeys("“”„‟″«»＂", '"')
    | dict.fromkeys("-‐‑‒–—―−﹘﹣－", " ")
    # Invisible: soft hyphen, zero-width space, joiner and non-joiner, byte order mark. And full stops: "Inc.", "U.S."
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff.", "")
)
_ARTICLES = re.compile(r"^(?:the )+(?=.)")


def fold(name: str) -> str:
    """The form in which names are compared.

    Case, white space, full stops, a leading "the", the kind of apostrophe or quotation mark, hyphen or space, and "&"
    or "and" between words make no difference. Folding a folded name changes nothing.
    """
    # Marks first: normalization would turn some of them into a space and a combining accent. Then again, since
    # normalization makes marks of other characters (an ellipsis becomes full stops) and case folding can denormalize.
    folded = normalize("NFKC", name.translate(_MARKS)).casefold()
    words = normalize("NFKC", folded).translate(_MARKS).split()
    return _ARTICLES.sub("", " ".join("and" if word == "&" else word for word in words))
