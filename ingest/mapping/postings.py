"""Postings and pay: what a document reports of an open position, and what anybody is paid or offered."""

from __future__ import annotations

from ingest.facts import JobPosting, PayFields, PayKind, PayReport
from ingest.mapping import literals
from ingest.mapping.graph import FactNode
from ingest.resolution import Scope, Thing
from ontology.namespaces import ONR, RDF


def posting_report(fact: JobPosting, node: FactNode, scope: Scope) -> None:
    """Write what a document reports of a position, but for its pay."""
    posting = scope.posting(fact)
    node.set(RDF.type, ONR.PostingReport)
    node.set(ONR.concerns, node.thing(posting))
    node.set(ONR.posting, posting.iri)
    node.set(ONR.employer, node.actor(fact.employer))
    node.text(ONR.title, fact.title)
    node.text(ONR.unitName, fact.unit)
    unit = scope.organization(fact.unit) if fact.unit is not None else None
    if unit is not None:
        node.set(ONR.unit, node.thing(unit))
    node.text(ONR.location, fact.location)
    node.text(ONR.requirement, *fact.requirements)
    node.text(ONR.duty, *fact.duties)
    if fact.remote is not None:
        node.set(ONR.remote, literals.boolean(fact.remote))
    if fact.open is not None:
        node.set(ONR.open, literals.boolean(fact.open))
    if not fact.has_pay:
        node.text(ONR.wording, fact.wording)
    node.date(ONR.postedOn, fact.posted_on)
    node.summary(f"{fact.employer}: {fact.title}", fact.unit, fact.location, "remote" if fact.remote else None)
    node.asserts("posting", [posting.iri], f"{fact.employer} job posting: {fact.title}")


def posting_pay(fact: JobPosting, node: FactNode, scope: Scope) -> None:
    """Write what a document reports of a position's pay."""
    posting = scope.posting(fact)
    node.set(ONR.employer, node.actor(fact.employer))
    node.summary(f"{fact.employer}, {fact.title}: {fact.wording}")
    _pay(fact, PayKind.POSTING, posting, f"{fact.employer} job posting: {fact.title}", node)


def pay_report(fact: PayReport, node: FactNode, _: Scope) -> None:
    """Write what somebody earns, is offered or is paid."""
    node.set(ONR.employer, node.actor(fact.employer))
    node.summary(f"{fact.who.name}: {fact.wording}")
    _pay(fact, fact.pay_kind, node.meant(fact.who), fact.who.name, node)


def _pay(fact: PayFields, kind: PayKind, recipient: Thing, name: str, node: FactNode) -> None:
    node.set(RDF.type, ONR.PayReport)
    node.set(ONR.concerns, node.thing(recipient))
    node.set(ONR.recipient, recipient.iri)
    node.choice(ONR.payKind, "PayKind", kind.value)
    low = literals.decimal(fact.salary_min) if fact.salary_min is not None else None
    high = literals.decimal(fact.salary_max) if fact.salary_max is not None else None
    node.set(ONR.amountMin, low)
    node.set(ONR.amountMax, high)
    node.text(ONR.currency, fact.currency)
    node.choice(ONR.period, "Period", fact.period)
    node.choice(ONR.qualifier, "Qualifier", fact.qualifier)
    node.text(ONR.wording, fact.wording)
    # With both bounds given, "from" and "between" say the same amount; with one, the qualifier is half of what is said.
    qualifier = fact.qualifier if low is None or high is None else None
    ends = list(dict.fromkeys(bound.value for bound in (low, high) if bound is not None))
    amount = [qualifier.value.replace("_", " ") if qualifier else None, " to ".join(ends), fact.currency]
    period = None if fact.period is None else "once" if fact.period == "once" else f"a {fact.period.value}"
    words = " ".join(word for word in [*amount, period] if word)
    key = [recipient.iri, low, high, fact.currency, fact.period, qualifier]
    node.asserts("pay", key, f"{name}, pay: {words}")
