"""The pages of one PDF, from standard input to standard output as JSON: `python -m ingest.reading.pages < FILE`.

It is a process of its own so that it can be stopped. What pypdf has to say about a damaged file is not for the user.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from typing import Any

from ingest.reading.limits import PDF_MEMORY, PDF_PAGES


def pages(data: bytes) -> dict[str, Any]:
    """The text of each page, the title and the authors; or what is wrong, under `error`."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "this PDF is encrypted; save it without its password"}
        if len(reader.pages) > PDF_PAGES:
            return {"error": f"this PDF has more than {PDF_PAGES} pages"}
        described = reader.metadata
        title, authors = (described.title, described.author) if described else (None, None)
        found = [page.extract_text() for page in reader.pages]
    except FileNotDecryptedError:
        return {"error": "this PDF is encrypted; save it without its password"}
    except (MemoryError, RecursionError):
        return {"error": "this PDF takes more memory to read than one may take"}
    except PyPdfError as error:
        return {"error": f"not a PDF that can be read: {error}"}
    # A damaged file breaks pypdf's assumptions in ways that it has no name for.
    except Exception as error:  # noqa: BLE001
        return {"error": f"not a PDF that can be read: it is damaged ({type(error).__name__})"}
    return {"pages": found, "title": _plain(title), "authors": _plain(authors)}


def _plain(value: object) -> str | None:
    return str(value) if value is not None else None


def main() -> None:
    """Read one file from standard input."""
    logging.disable()
    # Elsewhere than on Linux the limit is refused or ignored; there the time alone is bounded.
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = PDF_MEMORY if hard == resource.RLIM_INFINITY else min(PDF_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    json.dump(pages(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
