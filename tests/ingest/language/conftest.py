"""What the tests of the language room share: the model, the known names, and articles made of a text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from ingest.document import Document
from ingest.language.article import Article
from ingest.language.casting import cast
from ingest.language.entity import Cast
from ingest.language.gazetteer import Gazetteer
from ingest.language.model import load
from ontology.authority import Authority
from ontology.namespaces import Base


@pytest.fixture(scope="session")
def language() -> Language:
    return load()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer(Authority.load(Base()))


@pytest.fixture
def article(language: Language) -> Iterator[Callable[[str], Article]]:
    def made(text: str) -> Article:
        return Article(Document("made", Path("made.txt"), text.encode(), text), language)

    with language.memory_zone():
        yield made


@pytest.fixture
def casting(article: Callable[[str], Article], gazetteer: Gazetteer) -> Callable[[str], Cast]:
    return lambda text: cast(article(text), gazetteer)
