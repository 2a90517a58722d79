"""RDF files of any common format as quads; the format follows from the name, as on the web's own media type lists."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from ontology.errors import InputError

PARSER_PLACE = re.compile(r"^Parser error at line \d+ column \d+: ")

FORMATS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".n3": RdfFormat.N3,
}
"""The format of a file by its suffix, before any `.gz`."""


def read(path: Path) -> list[Quad]:
    """All quads of one file.

    Raises:
        InputError: the file is missing, its suffix says no format, or its content breaks the format.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    zipped = suffixes[-1:] == [".gz"]
    suffix = (suffixes[:-1] if zipped else suffixes)[-1:]
    syntax = FORMATS.get(suffix[0]) if suffix else None
    if syntax is None:
        raise InputError(f"the name does not say its format; known are {' '.join(FORMATS)}, each also .gz", str(path))
    try:
        data = gzip.decompress(path.read_bytes()) if zipped else path.read_bytes()
        return list(parse(data, format=syntax, base_iri=path.absolute().as_uri()))
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno is not None else str(path)
        raise InputError(f"not {syntax.name}: {PARSER_PLACE.sub('', error.msg)}", place) from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise InputError(f"not a whole gzip file: {error}", str(path)) from error
    except OSError as error:
        raise InputError(error.strerror or str(error), str(path)) from error
    except ValueError as error:
        raise InputError(f"not {syntax.name}: {error}", str(path)) from error
