"""`python -m bench.hostile`: runs the soak and prints what it found; exits with 1 when a goal is missed."""

from __future__ import annotations

import argparse
import os
import platform
import sys

from bench.hostile.kinds import KINDS
from bench.hostile.soak import Finding, Plan, soak

DEFAULT = Plan()

EXTRA_SECONDS = 1.0
GROWTH_BYTES = 32 * 2**20
"""How much more memory the web processes may have after all hostile requests than after a tenth of them."""


def main() -> int:
    """Runs and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("--requests", type=int, default=DEFAULT.requests, help="hostile requests")
    parser.add_argument("--addresses", type=int, default=DEFAULT.addresses, help="addresses from which they come")
    parser.add_argument("--at-once", type=int, default=DEFAULT.at_once, help="how many are sent at once")
    parser.add_argument("--alone-seconds", type=float, default=DEFAULT.alone_seconds, help="the neighbour alone")
    parser.add_argument("--kind", action="append", default=[], choices=list(KINDS), metavar="KIND", help="only these")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server")
    given = parser.parse_args()
    settings = dict(each.split("=", 1) for each in given.set)
    chosen = Plan(given.requests, given.addresses, given.at_once, given.alone_seconds, settings, tuple(given.kind))
    finding = soak(chosen)
    print(table(chosen, finding))
    return 0 if holds(finding) else 1


def holds(finding: Finding) -> bool:
    """Whether every goal is met."""
    return (
        not finding.beside.failures
        and not finding.died
        and finding.extra_seconds <= EXTRA_SECONDS
        and (finding.memory[2].web - finding.memory[1].web <= GROWTH_BYTES)
    )


def table(chosen: Plan, finding: Finding) -> str:
    """What was found, in Markdown."""
    alone, beside = finding.alone, finding.beside
    start, tenth, end = finding.memory
    attack = f"{chosen.requests} hostile requests from {chosen.addresses} addresses, {chosen.at_once} at once"
    rows = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores; {attack}, in {finding.seconds:.0f} s\n",
        "| the well-behaved client | alone | beside |",
        "| --- | ---: | ---: |",
        f"| requests | {len(alone.seconds)} | {len(beside.seconds)} |",
        f"| failed | {len(alone.failures)} | {len(beside.failures)} |",
    ]
    for name, part in (("median wait, ms", 0.5), ("99 in 100 within, ms", 0.99), ("longest wait, ms", 1.0)):
        rows.append(f"| {name} | {alone.quantile(part) * 1000:.0f} | {beside.quantile(part) * 1000:.0f} |")
    rows += [
        f"\nThe longest wait is longer by {finding.extra_seconds * 1000:.0f} ms.",
        f"Processes that died: {finding.died}; workers of the first ones that ended: {finding.workers_replaced}.\n",
        "| memory, MiB | before | after a tenth | after all |",
        "| --- | ---: | ---: | ---: |",
        f"| web process | {start.web / 2**20:.0f} | {tenth.web / 2**20:.0f} | {end.web / 2**20:.0f} |",
        f"| workers | {start.workers / 2**20:.0f} | {tenth.workers / 2**20:.0f} | {end.workers / 2**20:.0f} |",
        f"| files open in the web process | {start.files} | {tenth.files} | {end.files} |",
        "\n| hostile kind | answers |",
        "| --- | --- |",
    ]
    for name, statuses in finding.answers.items():
        rows.append(f"| {name} | {', '.join(f'{status}: {count}' for status, count in sorted(statuses.items()))} |")
    rows += [f"\nfailed: {each}" for each in beside.failures[:20]]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
