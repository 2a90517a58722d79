"""An article: offsets of the document, masked quotations, sentences put together, bounded pieces, flat memory."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ingest.document import Document
from ingest.language.article import LONGEST_PARSED, LONGEST_WORD, Article
from ingest.language.casting import cast
from ingest.language.gazetteer import Gazetteer

Made = Callable[[str], Article]

TEXT = (
    "Studios Hire\n\n“We told them that we will not sign,” Ada Roe said on Monday. “Never. Not once.”\n\n"
    "The union’s members agreed. “No.” so they said. It was called “fair”."
)


def test_tokens_stand_where_the_document_has_them(article: Made) -> None:
    for passage in article(TEXT).passages:
        for token in passage.parse:
            start, end = passage.place(token)
            printed = TEXT[start:end]
            assert len(printed) == len(token.text)
            assert passage.token_at(start) == token
        assert passage.tokens(passage.start, passage.end) == list(passage.parse)


def test_a_verb_inside_a_long_quotation_is_masked(article: Made) -> None:
    texts = [sentence.tokens.text for sentence in article(TEXT).sentences]
    assert not any("told" in text for text in texts)
    assert any("fair" in text for text in texts)


def test_names_inside_a_masked_quotation_are_found(article: Made) -> None:
    made = article("“We asked Ada Roe to come back on Monday,” Jane Whitlock said.")
    names = {made.text[start:end] for start, end, label in made.passages[0].entities if label == "PERSON"}
    assert names == {"Ada Roe", "Jane Whitlock"}


def test_a_sentence_does_not_end_inside_a_quotation_or_where_it_goes_on_in_small_letters(article: Made) -> None:
    printed = [TEXT[sentence.start : sentence.end] for sentence in article(TEXT).sentences]
    assert "“Never. Not once.”" in printed
    assert "“No.” so they said." in printed


def test_quotations_and_sentences_of_a_place_are_those_that_touch_it(article: Made) -> None:
    made = article(TEXT)
    for start in range(0, len(TEXT), 3):
        for end in range(start + 1, len(TEXT), 7):
            assert made.quoted(start, end) == [q for q in made.quotations if q.start < end and start < q.end]
            assert made.sentences_in(start, end) == [s for s in made.sentences if s.start < end and start < s.end]
        inside = [q for q in made.quotations if q.start <= start < q.end]
        assert made.in_quotation(start) == (inside[0] if inside else None)


def test_boilerplate_is_not_read(language: Language) -> None:
    text = "top of page\n\nThe union said no."
    document = Document("made", Path("made.txt"), text.encode(), text, boilerplate=((0, 11),))
    with language.memory_zone():
        assert [sentence.start for sentence in Article(document, language).sentences] == [13]


def test_a_long_block_is_cut_after_sentences_into_bounded_pieces(article: Made) -> None:
    text = "The union said on Monday that its members would strike. " * (2 * LONGEST_PARSED // 50)
    made = article(text)
    assert len(made.passages) > 1
    assert all(passage.end - passage.start <= LONGEST_PARSED for passage in made.passages)
    assert all(one.end == other.start for one, other in pairwise(made.passages))
    assert all(text[passage.end - 1] == "." for passage in made.passages)


@pytest.mark.parametrize("unit", ["x", "(", "“", "a.", "https://", "中"])
def test_what_has_no_white_space_is_one_word_to_the_parser(article: Made, unit: str) -> None:
    made = article(unit * LONGEST_WORD * 60)
    assert sum(len(passage.parse) for passage in made.passages) == len(made.passages)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="AdaRoe “”\"‘’'.,!?\n-—\u00a0\u2028🙂é(1)&") | st.text())
def test_any_text_is_read_with_sentences_in_order(text: str, language: Language, gazetteer: Gazetteer) -> None:
    with language.memory_zone():
        made = Article(Document("made", Path("made.txt"), text.encode("utf-8", "replace"), text), language)
        for one, other in pairwise(made.sentences):
            assert one.end <= other.start
        for sentence in made.sentences:
            printed = text[sentence.start : sentence.end]
            assert printed
            assert printed == printed.strip()
        for mention in cast(made, gazetteer).mentions:
            assert text[mention.start : mention.end].strip()


def test_the_vocabulary_does_not_grow_with_the_documents_read(language: Language, gazetteer: Gazetteer) -> None:
    def read(number: int) -> None:
        text = f"Zork{number} Labs said that Ada Quell{number}, its chief, told “the Blip{number} of them” to leave."
        with language.memory_zone():
            cast(Article(Document("made", Path("made.txt"), text.encode(), text), language), gazetteer)

    def size() -> tuple[int, int]:
        return sum(1 for _ in language.vocab), len(language.vocab.strings)

    read(0)
    before = size()
    for number in range(1, 300):
        read(number)
    assert size() == before
