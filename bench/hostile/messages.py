"""Hostile messages: requests whose form is the trouble, well-formed HTTP or not. Each is made with a number."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

from bench.hostile.queries import cross_product
from bench.hostile.wire import by_get, direct, request

DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UPDATE = {"Content-Type": "application/sparql-update"}
CHUNKED = {"Transfer-Encoding": "chunked"}

TYPES = ("text/plain", "a/b;" * 9000, "é", "", ";;;", "application/json")
METHODS = ("PROPFIND", "TRACE", "CONNECT", "X" * 5000)
PROTOCOLS = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /\r\n\r\n",
    b"\x00" * 1000,
)
"""The beginnings of TLS, HTTP/2, HTTP/0.9, and of nothing."""

SMUGGLED = b"0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n"


def _posted(body: bytes, *headers: Mapping[str, str]) -> bytes:
    return request("POST", "/sparql", body, {name: value for each in headers for name, value in each.items()})


def _many(count: int, form: str) -> str:
    return ",".join(form % number for number in range(count))


MESSAGES: Mapping[str, Callable[[int], bytes]] = {
    "body of 3 MB": lambda n: direct(f"ASK {{}} #{n}{'x' * 3_000_000}"),
    "chunks without end": lambda n: _posted(b"5\r\nASK {\r\n" * (n % 50), DIRECT, CHUNKED),
    "chunk sizes that are none": lambda _: _posted(b"zz\r\nASK {}\r\n", DIRECT, CHUNKED),
    "two lengths": lambda _: _posted(b"ASK {}", DIRECT, {"Content-Length": "6\r\nContent-Length: 7"}),
    "length and chunks": lambda _: _posted(SMUGGLED, DIRECT, {"Content-Length": "5"}, CHUNKED),
    "negative length": lambda _: _posted(b"ASK {}", DIRECT, {"Content-Length": "-6"}),
    "length of 20 digits": lambda _: _posted(b"ASK {}", DIRECT, {"Content-Length": "9" * 20}),
    "compressed bomb": lambda _: _posted(gzip.compress(b"0" * 10**7), DIRECT, {"Content-Encoding": "gzip"}),
    "header of 300 kB": lambda _: request("GET", "/sparql", headers={"X-Long": "x" * 300_000}),
    "20,000 headers": lambda _: request("GET", "/queries", headers={f"X-{i}": "y" for i in range(20_000)}),
    "URL of 200 kB": lambda n: by_get(f"ASK {{ ?s ?p {n} }} #{'x' * 200_000}"),
    "Accept with 8,000 types": lambda n: by_get(f"ASK {{ ?s ?p {n} }}", {"Accept": _many(8000, "a/b%d;q=0.5")}),
    "Accept-Encoding with 8,000": lambda _: by_get("ASK {}", {"Accept-Encoding": _many(8000, "c%d;q=0.5")}),
    "If-None-Match with 8,000": lambda _: by_get("ASK {}", {"If-None-Match": _many(8000, 'W/"%d"')}),
    "query given twice": lambda n: request("GET", f"/sparql?query=ASK%7B%7D&query=ASK%7B%7D&n={n}"),
    "30,000 parameters": lambda _: _posted(b"query=ASK%7B%7D" + b"&a=b" * 30_000, FORM),
    "40,000 graphs": lambda _: _posted(b"query=ASK%7B%7D" + b"&default-graph-uri=a:b" * 40_000, FORM),
    "percent signs": lambda _: _posted(b"query=" + b"%" * 500_000, FORM),
    "percent FF": lambda n: request("GET", f"/sparql?query=ASK%7B%3Fs%20%3Fp%20%27%FF%27%7D&n={n}"),
    "media types that are none": lambda n: _posted(b"ASK {}", {"Content-Type": TYPES[n % len(TYPES)]}),
    "charset that is none": lambda _: direct("ASK {}", {"Content-Type": DIRECT["Content-Type"] + "; charset=ebcdic"}),
    "update without a token": lambda _: request("POST", "/update", b"DROP ALL", UPDATE),
    "update with a wrong token": lambda n: request(
        "POST", "/update", b"DROP ALL", UPDATE | {"Authorization": f"Bearer {n}"}
    ),
    "paths upwards": lambda n: request("GET", "/" + "..%2f" * (n % 20) + "etc/passwd"),
    "unknown canned query": lambda n: request("GET", f"/queries/{'x' * 5000}{n}"),
    "canned query with nonsense": lambda n: request("GET", f"/queries/who-said-what?about={'%F0%9F%92%A9' * 500}{n}"),
    "methods that are none": lambda n: request(METHODS[n % len(METHODS)], "/sparql"),
    "upgrade": lambda n: request(
        "GET", "/sparql", headers={"Upgrade": ("websocket", "h2c")[n % 2]}, connection="Upgrade"
    ),
    "another protocol": lambda n: PROTOCOLS[n % len(PROTOCOLS)],
    "3,000 ranges": lambda _: request("GET", "/queries", headers={"Range": "bytes=" + _many(3000, "%d-9")}),
    "forged addresses": lambda n: by_get(
        "ASK {}", {"X-Forwarded-For": f"10.0.{n % 256}.1, {n}", "Forwarded": "for=" + "x" * 9000}
    ),
    "HEAD of a cross product": lambda n: by_get(cross_product(n), method="HEAD"),
}
"""By name."""
