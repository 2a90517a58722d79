"""The page of what came of the tests: how many, which fail by the engine and why, and what that means for who asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from string import Template

import yaml

from bench.conformance.manifest import Case
from bench.conformance.verdict import Outcome, Verdict

REASONS = Path(__file__).with_name("reasons.yaml")
TEMPLATE = Path(__file__).with_name("page.md")

GROUPS = {
    "QueryEvaluationTest": "query evaluation",
    "CSVResultFormatTest": "query evaluation",
    "UpdateEvaluationTest": "update evaluation",
    "ProtocolTest": "SPARQL 1.1 Protocol",
    "GraphStoreProtocolTest": "Graph Store Protocol",
    "ServiceDescriptionTest": "Service Description",
}
"""What a kind of test is called; the others are of syntax."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why tests fail, and what it means."""

    title: str
    means: str
    tests: tuple[str, ...]


def reasons() -> tuple[Reason, ...]:
    """The reasons that are known."""
    found = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    return tuple(Reason(each["title"], each["means"].strip(), tuple(each["tests"])) for each in found)


def page(cases: Sequence[Case], served: Mapping[str, Verdict], alone: Mapping[str, Verdict], of: str) -> str:
    """The page, in Markdown."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        of=f", {of}" if of else "",
        engine=version("pyoxigraph"),
        counts="\n".join(_counts(cases, served, alone)),
        reasons="\n".join(_reasons(served, alone)),
        form=_names(_of(alone, Outcome.FORM)),
        left_out="\n".join(_left_out(served)),
    )


def _counts(cases: Sequence[Case], served: Mapping[str, Verdict], alone: Mapping[str, Verdict]) -> Iterator[str]:
    groups = dict.fromkeys(_group(case) for case in cases)
    for group in groups:
        names = [case.name for case in cases if _group(case) == group]
        both = (Counter(found[name].outcome for name in names if name in found) for found in (served, alone))
        http, engine = both
        yield f"| {group} | {len(names) - http[Outcome.LEFT_OUT]} | {_shown(http)} | {_shown(engine)} |"


def _shown(outcomes: Counter[Outcome]) -> str:
    if not outcomes:
        return "–"
    form, failed = outcomes[Outcome.FORM], outcomes[Outcome.FAILED]
    rest = [f"{form} in another form" if form else "", f"{failed} not" if failed else ""]
    return ", ".join(filter(None, [str(outcomes[Outcome.PASSED]), *rest]))


def _group(case: Case) -> str:
    kind = GROUPS.get(case.kind) or ("update syntax" if "Update" in case.kind else "query syntax")
    if case.kind in {"ProtocolTest", "GraphStoreProtocolTest", "ServiceDescriptionTest"}:
        return kind
    edition = case.name.partition("/")[0].removeprefix("sparql")
    return f"SPARQL {edition[0]}.{edition[1:]} {kind}"


def _reasons(served: Mapping[str, Verdict], alone: Mapping[str, Verdict]) -> Iterator[str]:
    failing = dict.fromkeys([*_of(alone, Outcome.FAILED), *_of(served, Outcome.FAILED)])
    for reason in reasons():
        known = [test for test in reason.tests if test in failing]
        failing = {test: None for test in failing if test not in known}
        if known:
            right = all(served[test].outcome is not Outcome.FAILED for test in known)
            what = "Put right here" if right else "Tests"
            yield f"### {reason.title}\n\n{reason.means}\n\n{what}: {_names(known)}.\n"
    if failing:
        yield f"### Nobody has looked into these\n\n{_names(failing)}.\n"


def _left_out(served: Mapping[str, Verdict]) -> Iterator[str]:
    for why, number in Counter(each.why for each in served.values() if each.outcome is Outcome.LEFT_OUT).items():
        yield f"- {number}: {why}."


def _of(verdicts: Mapping[str, Verdict], outcome: Outcome) -> list[str]:
    return [name for name, each in verdicts.items() if each.outcome is outcome]


def _names(tests: Iterable[str]) -> str:
    return ", ".join(f"`{re.sub('^sparql', '', test)}`" for test in tests) or "none"
