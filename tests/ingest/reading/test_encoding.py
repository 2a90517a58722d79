"""Bytes become text by their mark, as UTF-8, as declared, or by a guess; what is no text is refused by its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.encoding import check, decode
from ontology.errors import InputError

WESTERN = "“We can’t go,” said José Müller — a café owner who earns £50,000."


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "utf-8-sig", "utf-8"),
        (WESTERN, "utf-16", "utf-16"),
        (WESTERN, "utf-32", "utf-32"),
        (WESTERN, "cp1252", "windows-1252"),
        ("café", "latin-1", "windows-1252"),
        ("El sindicato dijo que la huelga continuará mañana.", "latin-1", "windows-1252"),
        ("网飞公司周二表示，将在罢工期间招聘人工智能产品经理。工会对此表示反对。", "gb18030", "gb18030"),
        ("Компания заявила во вторник, что наймет менеджера по продуктам.", "cp1251", "windows-1251"),
        ("ネットフリックスは火曜日、ストライキ中にマネージャーを募集すると発表した。", "cp932", "windows-31j"),
    ],
)
def test_text_is_read_in_the_encoding_that_it_was_written_in(text: str, codec: str, encoding: str) -> None:
    decoded = decode(text.encode(codec), "a.txt")
    assert (decoded.text.removeprefix("\ufeff"), decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_stays_in_the_text(codec: str) -> None:
    assert decode("a".encode(codec), "a.txt").text == "\ufeffa"


@pytest.mark.parametrize(
    ("declared", "codec", "encoding"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("ISO-8859-1", "cp1252", "windows-1252"),
        ("Shift_JIS", "cp932", "windows-31j"),
        ("iso-8859-2", "iso8859-2", "iso-8859-2"),
    ],
)
def test_a_declared_encoding_goes_before_a_guess(declared: str, codec: str, encoding: str) -> None:
    text = {"gb18030": "罢工", "cp1252": "“no”", "cp932": "映画", "iso8859-2": "Łódź"}[codec]
    decoded = decode(text.encode(codec), "a.html", declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("declared", ["no-such-encoding", "", "utf-8", "hex", "idna\0"])
def test_a_wrong_declaration_is_not_believed(declared: str) -> None:
    assert decode(WESTERN.encode("cp1252"), "a.html", declared).text == WESTERN


def test_a_page_that_is_torn_in_one_place_is_read_around_it() -> None:
    data = ("“Ça va,” he said. " * 200).encode()
    decoded = decode(data[:900] + b"\xff" + data[900:], "a.html", "utf-8")
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") <= 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"caf\xe9\0", "a NUL byte at offset 4"),
        (bytes(range(1, 256)), "byte 0x80 at offset 127"),
        (b"\xff\xfea", "not UTF-16 text: truncated data at offset 2"),
    ],
)
def test_bytes_that_are_no_text_are_refused_by_their_place(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as error:
        decode(data, "a.txt")
    assert says in error.value.message
    assert error.value.place == "a.txt"


@pytest.mark.parametrize(
    ("text", "says"),
    [("ab\0", "a NUL character at offset 2"), ("a\x01\x02", "the first at 1"), (" \n", "only white space")],
)
def test_decoded_text_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        check(text, "a.txt")


def test_a_few_control_characters_are_let_through() -> None:
    check("A form feed\f, a bell\x07, and then a line of text that is long enough to be one." * 3, "a.txt")


@given(st.text())
def test_whatever_is_utf_8_is_read_as_it_is(text: str) -> None:
    data = text.encode()
    assert text.startswith("\ufeff") or decode(data, "a.txt").text.encode() == data


@given(st.binary(), st.none() | st.text(max_size=12))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    with suppress(InputError):
        assert decode(data, "a.txt", declared).encoding
