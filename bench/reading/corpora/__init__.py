"""Public corpora of attributions, read where a user has them; nothing of them is part of this project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bench.reading.corpora import cofenet, directquote, parc, polnear
from bench.reading.corpora.attribution import CorpusDocument

CORPORA: Final[Mapping[str, Callable[[Path, str], tuple[CorpusDocument, ...]]]] = {
    "polnear": polnear.load,
    "cofenet": cofenet.load,
    "directquote": directquote.load,
    "parc": parc.load,
}
"""What reads each corpus, given its directory and the name of one of its parts."""
