"""PDF files: text, title and author; what is damaged, encrypted, empty or without end is refused in bounded time."""

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from ingest.document import Metadata
from ingest.reading.pages import pages
from ingest.reading.pdf import read
from ontology.errors import InputError
from tests.ingest.reading.made import pdf

LINES = [
    "“We will not sail without a crew,” Mara Quill, head of ferries at Harbor",
    "Lines, told the Post on Friday. The union said that it would strike in Novem-",
    "ber (if it must).",
]


def test_pages_become_paragraphs_and_say_their_title() -> None:
    reading = read(pdf([LINES, ["And it did."]], "Night captain"), "a.pdf")
    assert reading.text == (
        "“We will not sail without a crew,” Mara Quill, head of ferries at Harbor Lines, told the Post on Friday. The "
        "union said that it would strike in November (if it must).\n\nAnd it did."
    )
    assert reading.metadata == Metadata("Night captain", ("Jo Reed",))


def _encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([LINES]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


GOOD = pdf([LINES])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a PDF that can be read"),
        (b"%PDF-1.7", "not a PDF that can be read"),
        (b"words", "not a PDF that can be read"),
        (GOOD[:200], "not a PDF that can be read"),
        (pdf([[]]), "no text in this PDF"),
        (pdf([]), "no text in this PDF"),
        (_encrypted(), "encrypted"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as error:
        read(data, "a.pdf")
    assert error.value.place == "a.pdf"
    assert "\n" not in str(error.value)


def test_a_file_that_never_ends_is_given_up() -> None:
    endless = pdf([["word"] * 150_000])
    started = time.monotonic()
    with pytest.raises(InputError, match=r"takes more than 0\.5 seconds"):
        read(endless, "a.pdf", seconds=0.5)
    assert time.monotonic() - started < 10


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    found = pages(bytes(damaged))
    assert ("error" in found) != ("pages" in found)
