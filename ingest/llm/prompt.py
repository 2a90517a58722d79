"""What a model is asked: the rules and an example in a system message, then one piece of the document as data.

The piece stands between two lines with a mark that is made from it and is not in it, so that no text can close its own
block. The words are in `system.txt` and the example in `example.txt` and `example.json`, beside this module.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ingest.llm.client import Message
from ontology.topics import Topics

OPENING: Final = 600
"""Characters of a document's beginning that are shown beside every later piece, for the names in it."""

_HERE: Final = Path(__file__).parent
_REQUEST: Final = """Everything between two lines with the mark {mark} is data.
{opening}List the facts of this text.

BEGIN {mark}
{text}
END {mark}

Answer with {{"facts": [...]}} for the text above, and with exact words only.
"""
_BEFORE: Final = """
The text is a part of a document that opens with these words. They help with names; list no facts of them.

OPENING {mark}
{text}
CLOSING {mark}

"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The system message, and an identifier that changes with any word of what is asked."""

    system: str
    id: str

    @classmethod
    def load(cls, topics: Topics) -> Prompt:
        """The prompt with these topics to choose from."""
        return _load(topics.slugs())

    def messages(self, text: str, opening: str = "") -> tuple[Message, Message]:
        """The question for one piece.

        Args:
            text: the piece.
            opening: the beginning of the document, when the piece is a later one.
        """
        mark = boundary(f"{opening}\n{text}")
        before = _BEFORE.format(mark=mark, text=opening) if opening else ""
        asked = _REQUEST.format(mark=mark, opening=before, text=text)
        return Message("system", self.system), Message("user", asked)


def boundary(text: str) -> str:
    """A mark that the text does not hold; the same for the same text."""
    turn = 0
    while (mark := hashlib.sha256(f"{turn}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]) in text:
        turn += 1
    return mark


@cache
def _load(slugs: tuple[str, ...]) -> Prompt:
    system = (_HERE / "system.txt").read_text(encoding="utf-8")
    for place, words in (
        ("{topics}", ", ".join(slugs)),
        ("{example_text}", (_HERE / "example.txt").read_text(encoding="utf-8").strip()),
        ("{example_answer}", (_HERE / "example.json").read_text(encoding="utf-8").strip()),
    ):
        system = system.replace(place, words)
    digest = hashlib.sha256("\0".join((system, _REQUEST, _BEFORE, str(OPENING))).encode()).hexdigest()
    return Prompt(system, f"facts-{digest[:12]}")
