"""Pages as browsers save them: their main text with its structure, their metadata; pages made to be too much."""

import time
from contextlib import suppress

import pytest

from ingest.document import Metadata
from ingest.reading.html import piece, read
from ingest.reading.reader import Reading
from ontology.errors import InputError
from tests.ingest.reading.made import LINKED, TAGS, page

TEXT = """Harbor Lines hires a pilot

“We will not sail without a crew,” Mara Quill, head of ferries at Harbor\u00a0Lines, told the Post on Friday. The \
union said it would strike if the company went ahead with its plan to run night ferries by machine.

What the union wants

The deckhands fear that autopilots will take their jobs. They ask for three things:

• a crew on every ferry,
• training, and
• a say in the choice of machines.

Nobody will sail.

Nobody at all, the café owner José Müller said.

Advertisement

Harbor Lines pays its captains up to $90,000 a year, and it is looking for a night captain at $120,000, according to a \
posting on its website. It did not answer
questions."""


def _read(markup: str) -> Reading:
    return read(markup.encode(), "page.html")


@pytest.mark.parametrize("head", ["", LINKED, TAGS])
def test_the_main_text_keeps_its_paragraphs_lists_and_headings(head: str) -> None:
    assert _read(page(head)).text == TEXT


@pytest.mark.parametrize(
    ("codec", "declared", "encoding"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("cp1252", "iso-8859-1", "windows-1252"),
        ("cp1252", "no-such-encoding", "windows-1252"),
        ("utf-16", "utf-16", "utf-16"),
        ("gb18030", "gb2312", "gb18030"),
    ],
)
def test_a_page_is_read_in_any_encoding(codec: str, declared: str, encoding: str) -> None:
    markup = page(charset=declared)
    reading = read(markup.encode(codec, "xmlcharrefreplace"), "page.html")
    assert (reading.text, reading.encoding) == (TEXT, encoding)


def test_an_http_response_tells_the_encoding_and_the_address() -> None:
    markup = "<html><body><p>Łódź, a city where they went on strike.</p></body></html>"
    reading = read(markup.encode("iso8859-2"), "page.html", "iso-8859-2", "https://lodz.example/")
    assert (reading.text, reading.metadata.url) == ("Łódź, a city where they went on strike.", "https://lodz.example/")


def test_linked_data_says_what_the_article_is() -> None:
    assert _read(page(LINKED + TAGS)).metadata == Metadata(
        "Harbor Lines hires a pilot",
        ("Jo Reed", "Al Poe"),
        "The Tidewater Post",
        "2024-05-03",
        "2024-05-04",
        "https://tidewater.example/harbor-lines",
        "en",
    )


def test_meta_tags_say_it_where_there_is_no_linked_data() -> None:
    assert _read(page(TAGS)).metadata == Metadata(
        "Harbor Lines hires a pilot",
        ("Jo Reed", "Al Poe"),
        "The Tidewater Post",
        "2024-05-03",
        None,
        "https://tidewater.example/harbor-lines",
        "en-US",
    )


def test_a_bare_page_says_little() -> None:
    assert _read(page()).metadata == Metadata(
        title="Harbor Lines hires a pilot - The Tidewater Post",
        url="https://tidewater.example/2024/05/harbor-lines.html",
        language="en-US",
    )


@pytest.mark.parametrize(
    "linked",
    [
        "not JSON", "[]", "{}", '"text"', '{"@type": "NewsArticle"}', '{"@type": "NewsArticle", "author": 7}',
        "[" * 9000,
        '{"@type": ["NewsArticle", 7], "author": {"@id": 7}, "datePublished": {"a": []}, "headline": [[[]]]}',
        '{"@type": "NewsArticle", "author": {"@id": "#a"}, "@graph": [{"@id": "#a"}]}',
    ],
)  # fmt: skip
def test_linked_data_that_makes_no_sense_is_left_aside(linked: str) -> None:
    reading = _read(page(f'<script type="application/ld+json">{linked}</script>'))
    assert reading.text == TEXT
    assert reading.metadata.published is None


def test_dates_and_addresses_are_found_where_older_pages_have_them() -> None:
    markup = """<html><head><title>A | B</title><link rel="canonical" href="https://a.example/b"></head><body>
        <time itemprop="datePublished" datetime="2023-07-25T10:00">Tuesday</time><p>Words.</p></body></html>"""
    assert _read(markup).metadata == Metadata("A | B", published="2023-07-25", url="https://a.example/b")


@pytest.mark.parametrize("markup", ["<html></html>", "<p>", "<!-- only a comment -->", "<script>x</script>"])
def test_a_page_without_text_is_refused(markup: str) -> None:
    with pytest.raises(InputError, match="no text on this page"):
        _read(markup)


def test_a_short_page_is_read_whole() -> None:
    assert _read("<p>One.</p><div>Two<br>three &amp; four</div>").text.split() == ["One.", "Two", "three", "&", "four"]


def test_markup_inside_an_article_of_json_is_read_as_a_page() -> None:
    markup = "One.<p>Two <b>three</b></p><ul><li>four</li><li><p>five</ul>six"
    assert piece(markup, "a") == "One.\n\nTwo three\n\n• four\n• five\n\nsix"


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    markup = """<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">
        <!ENTITY f SYSTEM "/etc/hostname">]><html><body><p>Before &b;&b; and &f; after.</p></body></html>"""
    assert "aaaaaaaaaa&a" not in _read(markup).text
    assert len(_read(markup).text) < 120


N = 60_000
BOMBS = {
    "elements in each other": "<div>" * N + "words" + "</div>" * N,
    "bold in bold": "<p>" + "<b>" * N + "words",
    "tables in tables": "<table><tr><td>" * N + "words",
    "links in lists": "<p><a href=x><li>" * N + "words",
    "bold beside bold": "<article><p>" + "<b>words</b> and " * N,
    "links beside links": ("<p>" + "<a href=x>words</a> and " * 900 + "</p>") * 50,
    "lists beside lists": "<article>" + "<ul><li>words</li></ul>" * N,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(N)) + ">words</p>",
    "tags of attributes": ("<p " + " ".join(f"a{n}=1" for n in range(600)) + ">words</p>") * 500,
    "one line": "<p>" + "words and more. " * (5 * N),
    "signs": "<p>words" + "<" * (9 * N),
    "open tags": "<p>words" + "<a " * N,
    "open scripts": "<p>words</p>" + "<script>" * N,
    "meta tags": "<meta name=author content=words>" * N + "<p>words",
    "headlines": "<h1>words</h1>" * N,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_page_made_to_be_too_much_is_read_in_a_bounded_time(bomb: str) -> None:
    started = time.process_time()
    assert "words" in _read(f"<html><body>{BOMBS[bomb]}").text
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    "markup", ["<p>", "words", "<p>words", "<html></html>", page(), BOMBS["elements in each other"]]
)
def test_nothing_is_said_but_by_the_error(markup: str, capfd: pytest.CaptureFixture[str]) -> None:
    with suppress(InputError):
        _read(markup)
    assert capfd.readouterr() == ("", "")
