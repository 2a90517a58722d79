"""Hostile queries: those that would end a server, fill it, or hold it up. Each is made with a number that no other one
has, so that no answer is known already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

DEEP = 200_000
TRIPLES = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
PATHS = "(" * 60 + "<http://a/p>*" + ")*" * 60
LONG_PATH = "/".join(["<http://a/p>?"] * 20_000)
FROMS = "".join(f"FROM <http://a/{i}> " for i in range(20_000))
PREFIXES = "".join(f"PREFIX p{i}: <http://a/{i}>\n" for i in range(20_000))
DOUBLINGS = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(60))
VALUES = " 1 2 3" * 3000
ADDRESSES = ("127.0.0.1", "localhost", "0.0.0.0", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "127.1")
"""Spellings of this machine."""

SERVICES = (
    "SERVICE <%s> { ?s ?p ?o }",
    "service<%s>{}",
    "SERVICE SILENT <%s> { ?s ?p ?o }",
    "SERVICE # <\n <%s> {}",
    "VALUES ?v { <%s> } SERVICE ?v { ?s ?p ?o }",
    "?s ?p 1SERVICE<%s>{}",
    "BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)#>'''\n SERVICE <%s> { ?s ?p ?o } #'''\n",
    "{ SELECT * { SERVICE <%s> { ?s ?p ?o } } }",
)


def cross_product(number: int) -> str:
    """It would run for days."""
    return f"SELECT (COUNT(*) AS ?n{number}) {{ {TRIPLES} }}"


def large(number: int) -> str:
    """About 20 MB of JSON, which a worker writes within a second or two."""
    return f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} OFFSET {number} LIMIT 40000"


def service(port: int, number: int) -> str:
    """A query that asks this machine, in one spelling after the other."""
    address = ADDRESSES[number // len(SERVICES) % len(ADDRESSES)]
    pattern = SERVICES[number % len(SERVICES)].replace("%s", f"http://{address}:{port}/")
    return f"SELECT * {{ {pattern} }} #{number}"


QUERIES: Mapping[str, Callable[[int], str | bytes]] = {
    "200,000 parentheses": lambda n: f"ASK {{ FILTER({'(' * DEEP}{n}{')' * DEEP}) }}",
    "400,000 braces": lambda n: f"ASK {'{' * DEEP}{'}' * DEEP} #{n}",
    "disjunction of 150,000": lambda n: f"ASK {{ FILTER({n}=0{'||true' * 150_000}) }}",
    "5,000 OPTIONALs": lambda n: f"ASK {{ ?s ?p {n} {'OPTIONAL { ?s ?p ?o ' * 5000}{'}' * 5000} }}",
    "cross product": cross_product,
    "cross product, sorted": lambda n: f"SELECT * {{ {TRIPLES} }} ORDER BY ?c ?f ?i LIMIT {n + 1}",
    "cross product, distinct": lambda n: f"SELECT DISTINCT ?a ?d ?g {{ {TRIPLES} }} OFFSET {n + 10**9}",
    "cross product, joined to one string": lambda n: f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x{n}) {{ {TRIPLES} }}",
    "closure over everything": lambda n: f"SELECT (COUNT(*) AS ?n) {{ ?a (!<http://a/{n}>)* ?b }}",
    "60 nested closures": lambda n: f"ASK {{ ?a {PATHS} ?b FILTER({n}=0) }}",
    "path of 20,000 steps": lambda n: f"ASK {{ ?a {LONG_PATH} ?b FILTER({n}=0) }}",
    "regular expression, nested": lambda n: f'ASK {{ ?s ?p ?o FILTER REGEX(STR(?o), "(((a+)+)+)+{n}$") }}',
    "regular expression, counted": lambda n: f'ASK {{ ?s ?p ?o FILTER REGEX(?o, "((.{{999}}){{999}}){{{n % 999}}}") }}',
    "regular expression, replaced": lambda n: (
        f'SELECT * {{ ?s ?p ?o . ?t ?q ?u BIND(REPLACE(CONCAT(STR(?o), STR(?u)), "(.*)*b", "{n}") AS ?x) }}'
    ),
    "string that doubles 60 times": lambda n: f"ASK {{ BIND('long {n}' AS ?x0) {DOUBLINGS} FILTER(STRLEN(?x60) = 0) }}",
    "VALUES of 400,000": lambda n: f"ASK {{ VALUES ?x {{ {n}{' 1' * 400_000} }} ?s ?p ?x }}",
    "VALUES, 9,000 times 9,000": lambda n: (
        f"ASK {{ VALUES ?a {{ {n}{VALUES} }} VALUES ?b {{ {VALUES} }} FILTER(?a>?b+9) }}"
    ),
    "large result": lambda n: f"SELECT * {{ {TRIPLES} }} OFFSET {n}",
    "large graph": lambda n: f"CONSTRUCT {{ ?a <http://a/{n}> ?f . ?d ?e ?c }} WHERE {{ ?a ?b ?c . ?d ?e ?f }}",
    "describe everything": lambda n: f"DESCRIBE * {{ ?a ?b ?c . ?c ?d ?e FILTER({n} >= 0) }}",
    "string without end": lambda n: f"ASK {{ ?s ?p '{'x' * 300_000}{n} }}",
    "300,000 comments": lambda n: "#x\n" * 300_000 + f"ASK {{ ?s ?p {n} }}",
    "20,000 FROMs": lambda n: f"ASK FROM <http://a/{n}> {FROMS} {{ ?s ?p ?o }}",
    "20,000 prefixes": lambda n: f"{PREFIXES} ASK {{ ?s ?p {n} }}",
    "LOAD": lambda n: f"LOAD <http://{ADDRESSES[n % len(ADDRESSES)]}:1/>",
    "LOAD SILENT": lambda n: f"LOAD SILENT <http://{ADDRESSES[n % len(ADDRESSES)]}:1/> INTO GRAPH <http://a/>",
    "zero bytes": lambda n: b"ASK { ?s ?p '\x00' }" + b"\x00" * n,
    "bytes that are not UTF-8": lambda n: b"ASK { ?s ?p '\xff\xfe' }" + b" " * n,
    "UTF-16": lambda n: f"ASK {{ ?s ?p {n} }}".encode("utf-16"),
    "escaped surrogates": lambda n: f"ASK {{ ?s ?p '\\uD800\\uDFFF{n}' }}",
    "joined emoji": lambda n: f"SELECT * {{ ?s ?p '{'👩‍👩‍👧‍👦' * 20_000}{n}' }}",
}
"""By name."""
