"""Words of a SPARQL query, found without parsing it: what must be known of a query before an engine may see it.

Tokens are those of https://www.w3.org/TR/sparql11-query/#sparqlGrammar. The engine's own grammar takes a keyword
without white space around it (`1SERVICE:x{}`) and a `<` as an operator where the token table sees an IRI; `federates`
follows both readings, so that no spelling of SERVICE slips through, and none inside a string, IRI, comment or name is
mistaken for one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

_IRI = r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'
_LOCAL = r"(?:[\w:.·\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN = re.compile(
    rf"""(?P<blank>\s+|\#[^\n\r]*)
    |(?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<iri>{_IRI})
    |(?P<variable>[?$][\w·]+)
    |(?P<node>_:[\w.·\-]+)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d_][\w.·\-]*)?:{_LOCAL})
    |(?P<word>[^\W\d]\w*)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_OPERATOR = re.compile(r"<[^#/]*(?:/[^#/]+)*#")
_UNICODE = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")
_ESCAPE = re.compile(r"\\(.)")
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*[(#]", re.IGNORECASE)
_CONSTRUCT = re.compile("CONSTRUCT", re.IGNORECASE)
_LARGE_BOOLEAN = re.compile(r"\b(?!true\b|false\b)(?i:true|false)\b")
_NODE_MARKS = frozenset("[(<|~")

TEMPLATE_TOKENS = 5000
"""A template of more tokens is taken for one that makes blank nodes."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the table above), its text, and where it starts."""

    kind: str
    text: str
    start: int


def tokens(query: str, start: int = 0) -> Iterator[Token]:
    """The tokens from an offset on, without white space and comments."""
    for match in _TOKEN.finditer(query, start):
        if match.lastgroup and match.lastgroup != "blank":
            yield Token(match.lastgroup, match[0], match.start())


def federates(query: str) -> bool:
    """Whether the engine may read a SERVICE clause in the query.

    >>> federates("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    True
    >>> federates('SELECT ?service { ?service <urn:SERVICE> "SERVICE <x> {}" } # SERVICE <x> {}')
    False
    """
    if not _SERVICE.search(query):
        return False
    seen = bytearray(len(query) + 1)
    pending = [0]
    while pending:
        before, last = "", None
        for token in tokens(query, pending.pop()):
            if seen[token.start]:
                break
            seen[token.start] = 1
            if _is_service(token, last, before):
                return True
            # Read as an operator, the `<` lets a comment begin at the `#`, and all that follows is read otherwise.
            if token.kind == "iri" and _OPERATOR.match(token.text):
                pending.append(token.start + 1)
            before, last = (last.text.upper() if last else ""), token
    return False


def _is_service(token: Token, last: Token | None, before: str) -> bool:
    """Whether a token is, or is glued to, the keyword. `before` is the text of the token before the last."""
    if token.kind == "word":
        return bool(_SERVICE.search(token.text))
    # `SERVICE:x {` is the keyword and a name to the engine; `GRAPH service:x {` has a prefix that is called so.
    if token.kind == "mark" and token.text == "{" and last and last.kind == "name":
        prefix = last.text.partition(":")[0]
        return bool(_SERVICE.search(prefix)) and before not in {"GRAPH", "FROM", "NAMED", "DESCRIBE"}
    return False


def mentions_service(query: str) -> bool:
    """Whether the word occurs at all; cheap for any length, and true for more than what `federates`."""
    return _SERVICE.search(query) is not None


def volatile(query: str) -> bool:
    """Whether the query may answer otherwise each time it is run on the same data: it calls NOW or the like, or makes
    blank nodes. Cheap for any length; a string or comment can make it say yes for nothing.

    >>> volatile("SELECT (NOW() AS ?t) {}"), volatile("SELECT ?now { ?now ?p 'then' }")
    (True, False)
    >>> volatile("CONSTRUCT { ?s ?p (1 2) } { ?s ?p ?o }"), volatile("CONSTRUCT { ?s ?p 1 } { ?s ?p () }")
    (True, False)
    """
    construct = _CONSTRUCT.search(query)
    return bool(_VOLATILE.search(query)) or (construct is not None and _makes_nodes(query, construct.start()))


def _makes_nodes(query: str, start: int) -> bool:
    """Whether the template of a CONSTRUCT, which ends at its first brace, has blank nodes, collections or reifiers."""
    for token in islice(tokens(query, start), TEMPLATE_TOKENS):
        if token.kind == "node" or (token.kind == "mark" and token.text in _NODE_MARKS):
            return True
        if token.text == "}":
            return False
    return True


def with_small_booleans(query: str) -> str:
    """The query with `true` and `false` in small letters, as the engine wants them; the language takes any. Nothing
    moves.

    >>> with_small_booleans("SELECT (TRUE AS ?TRUE) { ?s ?p 'TRUE', False }")
    "SELECT (true AS ?TRUE) { ?s ?p 'TRUE', false }"
    """
    if not _LARGE_BOOLEAN.search(query):
        return query
    parts, last = [], 0
    for token in tokens(query):
        if token.kind == "word" and token.text.lower() in {"true", "false"}:
            end = token.start + len(token.text)
            parts += [query[last : token.start], token.text.lower()]
            last = end
    return "".join([*parts, query[last:]])


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query names in FROM and in FROM NAMED, as IRIs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def dataset(query: str, base: str = "") -> Dataset | None:
    """The dataset clauses of a query, relative IRIs resolved against a base, or None when one of them names nothing.

    >>> dataset("PREFIX d: <http://a/> SELECT * FROM d:1 FROM <http://a/2> FROM NAMED <http://a/3> {}")
    Dataset(default=('http://a/1', 'http://a/2'), named=('http://a/3',))
    """
    prologue = Prologue(base)
    default: list[str | None] = []
    named: list[str | None] = []
    stream = tokens(query)
    for token in stream:
        if not prologue.takes(token, stream) and is_word(token, "FROM"):
            graph = next(stream, None)
            is_named = graph is not None and graph.text.upper() == "NAMED"
            (named if is_named else default).append(prologue.resolve(next(stream, None) if is_named else graph))
    found = Dataset(tuple(filter(None, default)), tuple(filter(None, named)))
    return found if len(found.default) == len(default) and len(found.named) == len(named) else None


def undeclared(query: str) -> Token | None:
    """The first prefixed name whose prefix the query does not declare.

    >>> undeclared("PREFIX a: <http://a/> SELECT * { ?s a:p b:o }")
    Token(kind='name', text='b:o', start=40)
    """
    declared: set[str] = set()
    last = ""
    for token in tokens(query):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if last == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return token
        last = token.text.upper() if token.kind == "word" else ""
    return None


def is_word(token: Token, keyword: str) -> bool:
    """Whether a token is a keyword, however it is written."""
    return token.kind == "word" and token.text.upper() == keyword


class Prologue:
    """The base and the prefixes that a query has declared up to a place (https://www.w3.org/TR/sparql11-query/#prologue)."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}

    def takes(self, token: Token, stream: Iterator[Token]) -> bool:
        """Reads on where a token begins a declaration; False where it does not."""
        if is_word(token, "BASE"):
            self._base = self._iri(next(stream, None)) or self._base
        elif is_word(token, "PREFIX"):
            name = next(stream, None)
            if name:
                self._prefixes[name.text.partition(":")[0]] = self._iri(next(stream, None)) or ""
        else:
            return False
        return True

    def resolve(self, token: Token | None) -> str | None:
        """The IRI that a token stands for; None when it stands for none."""
        if token is not None and token.kind == "name":
            prefix, _, local = token.text.partition(":")
            return self._prefixes[prefix] + _ESCAPE.sub(r"\1", local) if self._prefixes.get(prefix) else None
        return self._iri(token)

    def _iri(self, token: Token | None) -> str | None:
        if token is None or token.kind != "iri":
            return None
        try:
            iri = urljoin(self._base, _UNICODE.sub(lambda escape: _character(escape[0][2:]), token.text[1:-1]))
        except ValueError:  # brackets in it that hold no address
            return None
        return iri if ":" in iri else None


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= sys.maxunicode else ""
