from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document import Document, read
from ingest.resolution import Resolver
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

SAMPLE = Path(__file__).with_name("harbor.txt")
"""A document of no corpus; the annotation beside it has every kind of fact."""

NAMES = """
actors:
  - {name: Harbor Lines, kind: other}
  - {name: The Tidewater Post, kind: news_outlet, aliases: [the Post]}
  - {name: Mara Quill, kind: person, aliases: [Quill]}
  - {name: deckhands, kind: group}
things:
  - {name: the posting, kind: posting, key: harbor-lines/night-captain}
"""

Annotate = Callable[..., Document]


@pytest.fixture
def annotate(tmp_path: Path) -> Annotate:
    """Writes the sample with another annotation, or another text, and reads the document."""

    def write(facts: str, *, names: str = NAMES, head: str | None = None, text: str | None = None) -> Document:
        path = tmp_path / "harbor.txt"
        data = SAMPLE.read_bytes() if text is None else text.encode()
        path.write_bytes(data)
        digest = sha256(data).hexdigest()
        default = f"document: harbor.txt\nsha256: {digest}\nreviewed: {{by: Ada, on: 2024-06-01}}\n"
        path.with_suffix(".yaml").write_text((default if head is None else head) + names + facts, encoding="utf-8")
        return read(path)

    return write


@pytest.fixture(scope="session")
def reviewed() -> ReviewedExtractor:
    return ReviewedExtractor(Authority.load(Base()), Topics.load(Base()))


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    return Resolver(Authority.load(Base()), Topics.load(Base()), Base())


@pytest.fixture(scope="session")
def sample() -> Document:
    return read(SAMPLE)
