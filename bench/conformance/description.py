"""The three tests of the service description, which the manifest names without saying how they are made
(https://www.w3.org/TR/sparql11-service-description/).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import BlankNode, NamedNode, Quad

from bench.conformance.endpoint import Endpoint
from bench.conformance.manifest import RDF, Case
from bench.conformance.results import written
from bench.conformance.verdict import Outcome, Verdict

SD = "http://www.w3.org/ns/sparql-service-description#"

RANGES: Mapping[str, tuple[str, str | None]] = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
"""The properties of the vocabulary, with the class of what has each and that of its values."""

CLASSES = frozenset({each for pair in RANGES.values() for each in pair if each}) | {"Graph"}
ABOVE = {"Dataset": "GraphCollection", "NamedGraph": None, "Service": None}
INSTANCES = {
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "Feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
}
ACCEPTS = ("text/turtle", "application/rdf+xml", "application/n-triples", "*/*", "")


def run(endpoint: Endpoint, case: Case) -> Verdict:
    """One test."""
    checks: dict[str, Callable[[Endpoint], str | None]] = {
        "returns-rdf": _returns_rdf,
        "has-endpoint-triple": _has_endpoint,
        "conforms-to-schema": _conforms,
    }
    wrong = checks[case.name.rpartition("/")[2]](endpoint)
    return Verdict(case.name, Outcome.FAILED if wrong else Outcome.PASSED, wrong or "")


def _get(endpoint: Endpoint, accept: str) -> frozenset[Quad]:
    request = endpoint.client.build_request("GET", "/sparql", headers={"Accept": accept} if accept else {})
    if not accept:
        del request.headers["accept"]
    response = endpoint.client.send(request)
    response.raise_for_status()
    found = written(response.content, response.headers["content-type"], str(request.url))
    assert isinstance(found, frozenset), "a description is a graph"
    return found


def _returns_rdf(endpoint: Endpoint) -> str | None:
    return next((f"nothing for {accept}" for accept in ACCEPTS if not _get(endpoint, accept)), None)


def _has_endpoint(endpoint: Endpoint) -> str | None:
    url = str(endpoint.client.base_url.join("/sparql"))
    found = [quad.object for quad in _get(endpoint, "text/turtle") if quad.predicate.value == SD + "endpoint"]
    return None if found == [NamedNode(url)] else f"the endpoint is {found}"


def _conforms(endpoint: Endpoint) -> str | None:
    quads = _get(endpoint, "text/turtle")
    return next(iter(_faults(quads)), None)


def _faults(quads: Iterable[Quad]) -> Iterable[str]:
    """What the vocabulary does not allow: an unknown term, or a resource without the class that its use asks for."""
    types: dict[object, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == RDF + "type" and isinstance(quad.object, NamedNode):
            types.setdefault(quad.subject, set()).add(quad.object.value.removeprefix(SD))
    for quad in quads:
        if not quad.predicate.value.startswith(SD):
            continue
        name = quad.predicate.value.removeprefix(SD)
        if name not in RANGES:
            yield f"sd:{name} is no property of the vocabulary"
            continue
        domain, range_ = RANGES[name]
        if not _is(types.get(quad.subject, set()), domain):
            yield f"what has sd:{name} is no sd:{domain}"
        if not isinstance(quad.object, NamedNode | BlankNode):
            yield f"a value of sd:{name} is no resource"
        elif range_ in INSTANCES:
            if quad.object.value.removeprefix(SD) not in INSTANCES[range_]:
                yield f"{quad.object} is no sd:{range_}"
        elif range_ is not None and not _is(types.get(quad.object, set()), range_):
            yield f"a value of sd:{name} is no sd:{range_}"


def _is(types: set[str], wanted: str) -> bool:
    return wanted in types or any(ABOVE.get(each) == wanted for each in types)
