"""PDF files: their pages as running text. pypdf reads them in a process of its own, which may not run on for ever.

A file can be made so that reading it takes all time or all memory; that process has bounds for both.
"""

from __future__ import annotations

import json
import subprocess
import sys

from ingest.document import Metadata
from ingest.reading import envelope, layout
from ingest.reading.limits import PDF_SECONDS
from ingest.reading.reader import Reading
from ontology.errors import InputError


def read(data: bytes, place: str, seconds: float = PDF_SECONDS) -> Reading:
    """The text of a PDF file, and the title and authors that it gives.

    Raises:
        InputError: it is no PDF, is encrypted, has no text (a scan), or takes too long or too much memory to read.
    """
    # -P: a file in the working directory must not stand in for a module.
    command = [sys.executable, "-P", "-m", "ingest.reading.pages"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise InputError(f"reading this PDF takes more than {seconds:g} seconds; it is given up", place) from error
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise InputError("not a PDF that can be read in the memory that one may take", place) from error
    if "error" in found:
        raise InputError(found["error"], place)
    text, marked = layout.running_text(found["pages"])
    if not text.strip():
        raise InputError("there is no text in this PDF; it may hold pictures of pages only", place)
    described = Metadata(title=envelope.words(found["title"]), authors=envelope.people(found["authors"]))
    return Reading(text, "utf-8", described, marked)
