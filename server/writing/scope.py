"""What an update may write, found in its words without evaluating it: the graphs it names, whether it writes to the
default graph, and where its patterns begin (https://www.w3.org/TR/sparql11-update/#updateLanguage).

A name that cannot be told without parsing counts as any graph. What is found here decides where changes are looked for,
and nothing else: the engine evaluates the update.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from server.workers.lexer import Dataset, Token, tokens

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!.*/\.)")
_CONNECTIVES = frozenset({"SILENT", "INTO", "GRAPH", "VERSION"})
_OPERATIONS = frozenset({"LOAD", "CLEAR", "DROP", "CREATE", "INSERT", "DELETE", "WITH", "ADD", "MOVE", "COPY"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """A WHERE clause: where USING would go, and for `DELETE WHERE` the text of what is both template and pattern."""

    start: int
    template: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: where its text starts and ends, all declarations of prefixes and bases before it, and whether it
    is a LOAD."""

    start: int
    end: int
    declarations: str
    loads: bool = False


@dataclass(slots=True)
class Scope:
    """What an update may write; `anywhere` when it may be any graph. `chooses` says that WITH or USING is in it, and
    `glued` is a word that is no keyword of the language. When it `matches` nothing, it is all INSERT DATA. It `loads`
    what its operations say, and `hides` a LOAD where none can begin.
    """

    graphs: set[str] = field(default_factory=set)
    anywhere: bool = False
    default: bool = False
    chooses: bool = False
    loads: bool = False
    hides: bool = False
    matches: bool = False
    glued: str | None = None
    patterns: list[Pattern] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)

    def name(self, iri: str | None) -> None:
        """Takes note of a graph, or of one whose name cannot be told."""
        if iri is None:
            self.anywhere = True
        else:
            self.graphs.add(iri)


def scope(update: str) -> Scope:
    """The scope of an update.

    >>> scope("PREFIX d: <http://a/> INSERT DATA { GRAPH d:1 { d:2 d:3 d:4 } }").graphs
    {'http://a/1'}
    >>> scope("DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }").default
    True
    """
    return _Reader(update).read()


def with_using(update: str, found: Scope, dataset: Dataset) -> str:
    """The update with the dataset of the request in each of its patterns, as if it had been written there.

    >>> text = "DELETE WHERE { ?s ?p ?o }"
    >>> with_using(text, scope(text), Dataset(("http://a/1",)))
    'DELETE { ?s ?p ?o } USING <http://a/1> WHERE { ?s ?p ?o }'
    """
    clauses = "".join(f"USING <{iri}> " for iri in dataset.default)
    clauses += "".join(f"USING NAMED <{iri}> " for iri in dataset.named)
    parts, last = [], 0
    for pattern in found.patterns:
        parts += [update[last : pattern.start], pattern.template, clauses]
        last = pattern.start
    return "".join([*parts, update[last:]])


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, update: str) -> None:
        self._text = update
        self._found = Scope()
        self._prefixes: dict[str, str] = {}
        self._declared = ""
        self._start: int | None = None
        self._operation = ""
        self._with = False
        # Whether the operation is a LOAD and has a graph of its own to go to; None when it is none.
        self._load: bool | None = None

    def read(self) -> Scope:
        stream = tokens(self._text)
        for token in stream:
            word = token.text.upper() if token.kind == "word" else ""
            if word == "PREFIX":
                self._declare(next(stream, None), next(stream, None))
            elif word == "BASE":
                iri = next(stream, None)
                self._declared += f"BASE {iri.text} " if iri else ""
            elif token.text == ";":
                self._end(token.start)
            else:
                self._start = token.start if self._start is None else self._start
                self._part(token, word, stream)
        self._end(len(self._text))
        return self._found

    def _end(self, end: int) -> None:
        """An operation ends, and the next may begin."""
        if self._start is not None:
            self._found.operations.append(Operation(self._start, end, self._declared, self._load is not None))
            self._found.default |= self._load is False
        self._start, self._operation, self._with, self._load = None, "", False, None

    def _part(self, token: Token, word: str, stream: Iterator[Token]) -> None:
        """A token of an operation, and what belongs to it."""
        if word == "USING":
            self._found.chooses = True
            following = next(stream, None)
            if following is not None and following.text.upper() == "NAMED":
                next(stream, None)
        elif token.text == "{":
            self._braces(token, stream)
        else:
            self._word(token, word)

    def _word(self, token: Token, word: str) -> None:
        """A token outside of all braces. The engine takes some keywords without white space between them."""
        if "LOAD" in word:
            begins = word == "LOAD" and token.start == self._start
            self._found.loads = True
            self._found.hides |= not begins
            self._load = False if begins else self._load
        if word == "WHERE":
            self._where(token)
        elif word == "DATA":
            self._operation += " DATA"
        elif word in _OPERATIONS:
            self._operation = word
            self._found.matches |= word != "INSERT"
            self._with |= word == "WITH"
            self._found.chooses |= word == "WITH"
        elif word in {"ALL", "NAMED"}:
            self._found.anywhere = True
            self._found.default |= word == "ALL"
        elif word == "DEFAULT":
            # The source of ADD and COPY is only read.
            self._found.default |= self._operation not in {"ADD", "COPY"}
        elif word == "TO":
            self._operation = word
        elif word == "INTO" and self._load is not None:
            self._load = True
        elif token.kind in {"iri", "name"}:
            self._found.name(self._iri(token))
        elif word and word not in _CONNECTIVES:
            self._found.glued = token.text
            self._found.matches = True

    def _where(self, token: Token) -> None:
        if self._operation == "DELETE":
            self._operation = "DELETE WHERE"
        else:
            self._found.patterns.append(Pattern(token.start))
            self._operation = "PATTERN WHERE"

    def _braces(self, opening: Token, stream: Iterator[Token]) -> None:
        """What is between braces: a template, which is looked into, or a pattern, which is passed."""
        inside = list(_inside(stream))
        self._found.matches |= self._operation != "INSERT DATA"
        if self._operation in {"INSERT", "DELETE", "INSERT DATA", "DELETE DATA", "DELETE WHERE"}:
            self._template(inside)
        if self._operation == "DELETE WHERE" and inside:
            text = self._text[opening.start : inside[-1].start + 1]
            where = self._text.upper().rindex("WHERE", 0, opening.start)
            self._found.patterns.append(Pattern(where, text + " "))
        self._operation = ""

    def _template(self, inside: Sequence[Token]) -> None:
        depth = 0
        graph: Token | None = None
        for token in inside:
            if graph is not None and graph.text == "GRAPH":
                self._found.name(self._iri(token))
                graph = token
            elif token.text == "{":
                depth += 1
            elif token.text == "}":
                depth, graph = depth - 1, None
            elif token.kind == "word" and token.text.upper() == "GRAPH":
                graph = Token("word", "GRAPH", token.start)
            elif depth == 0 and token.text != "." and not self._with:
                self._found.default = True

    def _declare(self, name: Token | None, iri: Token | None) -> None:
        if name is not None and iri is not None:
            self._declared += f"PREFIX {name.text} {iri.text} "
            self._prefixes[name.text.partition(":")[0]] = self._iri(iri) or ""

    def _iri(self, token: Token) -> str | None:
        """The IRI of a token, or None when it is a variable, relative, or written with escapes."""
        if "\\" in token.text:
            return None
        iri = token.text[1:-1]
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            iri = self._prefixes[prefix] + local if self._prefixes.get(prefix) else ""
        return iri if token.kind in {"iri", "name"} and _ABSOLUTE.match(iri) else None


def _inside(stream: Iterator[Token]) -> Iterator[Token]:
    """The tokens until the brace that closes, which is the last."""
    depth = 1
    for token in stream:
        depth += (token.text == "{") - (token.text == "}")
        yield token
        if depth == 0:
            return
