"""How much is read at most, so that no file, however it was made, takes all memory or all day."""

from __future__ import annotations

from typing import Final

LARGEST_DOCUMENT: Final = 64 * 2**20
"""Bytes of one document, unpacked: a record of WARC, a line of JSON, a page, a text."""

LARGEST_STANDARD_INPUT: Final = 512 * 2**20
"""Bytes of standard input, which is held in memory."""

LARGEST_RATIO: Final = 200
"""How many times its size a packed file may have unpacked. Text packs by 3 to 20; a bomb by 1,000."""

SMALLEST_BOUND: Final = LARGEST_DOCUMENT
"""Bytes that a packed file may always have unpacked."""

PDF_SECONDS: Final = 60
"""Seconds that reading one PDF may take."""

PDF_MEMORY: Final = 2 * 2**30
"""Bytes of address space in which a PDF must be read."""

PDF_PAGES: Final = 3000
"""Pages of one PDF."""

HTML_ELEMENTS: Final = 20_000
"""Elements of a page above which it is read as a sequence of lines, without looking for its main part."""

HTML_INLINE: Final = 2_000_000
"""Above this sum over the blocks of a page, of the square of the runs of bold, links and the like in each, the same is
done: looking for the main part takes a second for each of these millions."""

ATTRIBUTES: Final = 4_000
"""Characters of a tag, without what is in quotation marks, above which its attributes are dropped."""
