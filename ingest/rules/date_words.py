"""How dates are printed: one pattern whose groups say of what form a date is."""

from __future__ import annotations

import re

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23}
"""Their numbers in EDTF. A winter lies in two years and has none."""

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:19|20)\d\d(?![\w%]|[.,]\d)"
_NUMBER = (
    r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|a few|a couple of)"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,3}(?:st|nd|rd|th))"
)
_UNIT = r"(?:day|week|month|year|decade|hour)"
_BEFORE_MONTH = (
    r"(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Bb]y )|(?<=\b[Tt]hrough )|(?<=\b[Ff]rom )|(?<=\b[Oo]f )"
)
_BEFORE_YEAR = (
    rf"{_BEFORE_MONTH}|(?<=\b[Tt]he )|(?<=\b[Ii]ts )|(?<=\bearly )|(?<=\blate )|(?<=\b[Bb]efore )|(?<=\b[Aa]fter )"
    r"|(?<=\b[Dd]uring )|(?<=\btheir )|(?<=['’]s )"
)
_QUARTER = (
    rf"(?:[Tt]he\s+)?(?:first|second|third|fourth|final)[\s-]quarter(?:\s+of\s+{YEAR})?|Q[1-4](?:\s+(?:of\s+)?{YEAR})?"
)
_NEARBY_WEEKDAY = (
    rf"(?<![Ee]very )(?P<which>(?:[Ll]ast|[Nn]ext|[Tt]his|[Ll]ate|[Ee]arly)\s+)?(?P<weekday>{WEEKDAY})\b"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
)
_NEARBY_MONTH = (
    rf"(?:{_BEFORE_MONTH}|(?P<nearby>(?:[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id-?)\s?))(?P<m>{MONTH})"
    r"(?![\w’'-])"
)
_RELATIVE = (
    r"\b(?:[Ee]arlier|[Ll]ater)\s+(?:this|that|in\s+the)\s+(?:day|week|month|year|summer|decade)"
    r"|\b(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat|[Pp]ast|[Tt]he\s+past|[Tt]he\s+following|[Tt]he\s+previous)\s+"
    r"(?:week|month|year|spring|summer|autumn|fall|winter|quarter|weekend|decade|night|morning|afternoon|evening)\b"
    r"|\b(?:by\s+|at\s+)?the\s+end\s+of\s+(?:the|this|next)\s+(?:week|month|year|quarter)\b"
    r"|\b(?:[Yy]esterday|[Tt]omorrow|[Tt]onight|[Tt]oday)\b(?!['’])"
)
_FORMS = (
    rf"(?:{WEEKDAY},?\s+)?(?P<mdy>{MONTH}\s+{DAY},?\s+{YEAR})",
    rf"(?:{WEEKDAY},?\s+)?(?P<dmy>{DAY}\s+{MONTH},?\s+{YEAR})",
    r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)",
    rf"(?P<my>{MONTH},?\s+(?:of\s+)?{YEAR})",
    rf"(?:{WEEKDAY},?\s+)?(?P<md>{MONTH}\s+{DAY})(?!\w)",
    rf"(?:{WEEKDAY},?\s+)?(?P<dm>{DAY}\s+{MONTH})(?!\w)",
    rf"(?P<quarter>{_QUARTER})",
    rf"(?P<sy>(?:the\s+)?(?:spring|summer|autumn|fall|winter)\s+(?:of\s+)?{YEAR})",
    _NEARBY_WEEKDAY,
    _NEARBY_MONTH,
    rf"(?P<ago>\b{_NUMBER}\s+{_UNIT}s?\s+(?:ago|earlier|later)\b)",
    rf"(?P<relative>{_RELATIVE})",
    rf"(?P<nth>\b(?:now\s+)?(?:in\s+)?(?:its|their)\s+{_ORDINAL}\s+{_UNIT}\b)",
    rf"(?P<since>\b[Ss]ince\s+{YEAR})",
    rf"(?:{_BEFORE_YEAR})(?P<y>{YEAR})(?!\s+(?:people|workers|jobs|members|employees|votes))",
)

DATE = re.compile("|".join(_FORMS))
"""A date of any form. `md` is a month and a day, `dmy` the same with a year, `m` a month alone, `y` a year alone."""

VAGUE = re.compile(r"\b(?:[Rr]ecently|at present|[Cc]urrently|at the moment)\b")
"""Words that date something loosely."""
