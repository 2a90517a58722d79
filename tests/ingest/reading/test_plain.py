"""Text files stay as they are; front matter and a head of keys say what a document is."""

import pytest

from ingest.document import Metadata
from ingest.reading.plain import read

KNOWN = Metadata("Night captain sought", ("Jo Reed",), "The Post", "2024-05-03", None, "https://post.example/x", "en")

FRONT = """---
title: Night captain sought
author: [Jo Reed]
source: The Post
date: 2024-05-03T22:10:00-04:00
url: https://post.example/x
lang: en
---
"""

HEAD = """Title: Night captain sought
By: Jo Reed
Source: The Post
Date: May 3, 2024
URL: https://post.example/x
Language: en
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_metadata_and_no_content(end: str) -> None:
    text = (FRONT + "\n# Night captain sought\n\nWords.\n").replace("\n", end)
    reading = read(text.encode(), "a.md")
    assert reading.text == text
    assert reading.metadata == KNOWN
    ((start, stop),) = reading.marked
    assert text[:stop] == FRONT.replace("\n", end)
    assert start == 0


def test_a_head_of_keys_is_metadata_and_content() -> None:
    reading = read((HEAD + "\nWords.\n").encode(), "a.txt")
    assert (reading.metadata, reading.marked) == (KNOWN, ())


@pytest.mark.parametrize(
    "text",
    [
        "Mara Quill: We will not sail.\nJo Reed: Why not?\n",
        "Title: Only one key\n\nWords.",
        "Title: A\nwords in between\nDate: 2024-05-03\n",
        "---\nA line of dashes is no front matter.\n---\nWords.",
        "---\n[unclosed\n---\nWords.",
        "---\ndate: 2024-99-99 00:00:00\n: : :\n---\nWords.",
        "--- a dash, --- and more\n",
    ],
)
def test_what_looks_like_a_head_only_at_first_is_text(text: str) -> None:
    reading = read(text.encode(), "a.txt")
    assert (reading.text, reading.metadata, reading.marked) == (text, Metadata(), ())


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(9)) + "title: Bomb",
        "title: Bomb\ndeep: " + "[" * 3000,
        "title: Bomb\nobject: !!python/object/apply:os.system [exit]",
    ],
)
def test_front_matter_that_is_a_trap_does_no_harm(front: str) -> None:
    text = f"---\n{front}\n---\nWords."
    assert read(text.encode(), "a.md").text == text


def test_a_byte_order_mark_is_no_content() -> None:
    reading = read("\ufeffWords.".encode(), "a.txt")
    assert (reading.text, reading.marked) == ("\ufeffWords.", ((0, 1),))
