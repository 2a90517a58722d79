"""Holds a server against its own OpenAPI document, by schemathesis in an environment of its own: `make openapi`.

The server is a real one on a release of the seeds that may be written to; what is generated for a request is sent to it
and what comes back is compared with the document. See https://schemathesis.readthedocs.io.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.conformance.endpoint import TOKEN, serving

CONFIG = Path(__file__).with_suffix(".toml")
LEFT_OUT = ("--exclude-method", "PATCH")
"""It cannot make up an update, the only body of a PATCH."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs it; what it exits with."""
    parser = argparse.ArgumentParser(prog="python -m bench.openapi", description=__doc__)
    parser.add_argument("schemathesis", type=Path, help="the command, in its own environment")
    parser.add_argument("options", nargs="*", help="more of its options, such as --max-time 600")
    given = parser.parse_args(arguments)
    with serving() as server:
        url = str(server.client.base_url.join("/openapi.json"))
        options = ("--continue-on-failure", "--no-color", "--request-timeout", "60", *LEFT_OUT, *given.options)
        header = ("-H", f"Authorization: Bearer {TOKEN}")
        command = [str(given.schemathesis), "--config-file", str(CONFIG), "run", url, *header, *options]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
