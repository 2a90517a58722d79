from pathlib import Path
from types import SimpleNamespace

import pytest
import spacy

from bench.reading.peers import direct_quotations
from bench.reading.peers.nearest_name import NearestName, attributed, found_quotations
from bench.reading.peers.spoken import Spoken, statement
from bench.reading.systems import PEERS, system
from ingest.document import Document
from ingest.engine import EXTRACTORS, Tools
from ingest.facts import Mode, Part
from ontology.errors import NotFound

TEXT = "“We have no crew today,” Mara Quill said. Tom Tide left. “Nobody will sail at all.”"


def document(text: str = TEXT) -> Document:
    return Document("ferry", Path("ferry.txt"), text.encode(), text)


def test_a_quotation_becomes_a_direct_statement_with_its_evidence() -> None:
    fact = statement(document(), Spoken((0, 24), (25, 35), (36, 40)), "peer")
    assert (fact.speaker.name, fact.mode, fact.quote) == ("Mara Quill", Mode.DIRECT, ("We have no crew today",))
    assert [segment.exact for segment in fact.parts(Part.CUE)] == ["said"]
    assert fact.sentences()[0].exact == "“We have no crew today,” Mara Quill said"
    assert all(TEXT[segment.start : segment.end] == segment.exact for segment in fact.evidence)


def test_a_triple_of_textacy_becomes_spans_of_characters() -> None:
    tokens = spacy.blank("en")(TEXT)
    words = [token.text for token in tokens]
    name, verb = words.index("Mara"), words.index("said")
    triple = SimpleNamespace(
        content=tokens[: words.index("”") + 1], speaker=[tokens[name], tokens[name + 1]], cue=[tokens[verb]]
    )
    assert direct_quotations.spoken(triple) == Spoken((0, 24), (25, 35), (36, 40))


def test_quotations_of_a_few_words_are_terms_and_left_alone() -> None:
    text = 'A “sea leg” and "no crew will sail" and “no crew will” — "open'
    assert [text[start:end] for start, end in found_quotations(text)] == ['"no crew will sail"', "“no crew will”"]


def test_every_quotation_goes_to_the_nearest_name() -> None:
    spoken = attributed([(0, 24), (57, 84)], [(25, 35), (42, 50)])
    assert [TEXT[slice(*each.source)] for each in spoken] == ["Mara Quill", "Tom Tide"]


def test_where_nobody_is_named_nobody_speaks() -> None:
    assert list(attributed([(0, 24)], [])) == []


def test_the_nearest_name_is_found_by_the_model() -> None:
    facts = NearestName().extract(document()).facts
    assert [fact.speaker.name for fact in facts if fact.kind == "statement"] == ["Mara Quill", "Tom Tide"]


def test_our_extractors_and_the_peers_are_found_by_name(given: Tools) -> None:
    assert system("reviewed", given).name == "reviewed"
    assert not PEERS.keys() & EXTRACTORS.keys()
    with pytest.raises(NotFound, match="textacy"):
        system("textac", given)
