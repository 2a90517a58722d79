"""The few pages that a browser gets: plain HTML that works without scripts, styles from elsewhere or a network.

Every text that is put in goes through `html.escape`; see `tag` and `text`. `root` is what comes before all paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from server.canned.catalogue import CannedQuery, Catalogue
from server.canned.parameters import Parameter
from server.settings import DefaultGraphKind

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #8886; padding: .3rem .6rem; text-align: left; vertical-align: top; }
td { max-width: 30rem; overflow-wrap: anywhere; }
label { display: block; margin: .5rem 0; }
textarea { width: 100%; font-family: ui-monospace, monospace; }
input, select, textarea, button { font-size: 1rem; }
small { opacity: .75; }
"""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(element: str, /, *content: str, **attributes: str | None) -> Html:
    """An element. Content that is not Html is escaped; so are attributes, and those that are None are left out.

    >>> tag("a", "<b>", href="?a&b")
    '<a href="?a&amp;b">&lt;b&gt;</a>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(part if isinstance(part, Html) else escape(part, quote=False) for part in content)
    return Html(f"<{element}{given}>{inner}</{element}>")


def void(element: str, /, **attributes: str | None) -> Html:
    """An element that has no content."""
    return Html(tag(element, **attributes).removesuffix(f"</{element}>"))


def page(root: str, title: str, *content: Html) -> str:
    """A whole page."""
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · onrecord"),
        tag("style", Html(STYLE)),
    )
    links = (("/", "onrecord"), ("/queries", "questions"), ("/sparql", "SPARQL"), ("/docs", "API"))
    menu = tag("nav", *(Html(tag("a", name, href=root + path) + " ") for path, name in links))
    return "<!doctype html>\n" + tag("html", head, tag("body", menu, tag("h1", title), *content), lang="en") + "\n"


def front_page(root: str, release: str | None, documents: int, facts: int, example: str) -> str:
    """What is here."""
    state = f"Release {release}: {documents} documents, {facts} facts." if release else "Nothing has been built yet."
    return page(
        root,
        "Who says what, on record",
        tag("p", "A knowledge graph from news documents in which no fact stands without its sentence. ", state),
        tag(
            "ul",
            tag("li", tag("a", "Questions", href=f"{root}/queries"), " that can be asked with a form, for example "),
            tag("li", tag("a", example, href=f"{root}/queries/{example}")),
            tag("li", tag("a", "SPARQL", href=f"{root}/sparql"), ", version 1.1, for any other question"),
            tag(
                "li",
                tag("a", "The API", href=f"{root}/docs"),
                ", and ",
                tag("a", "as OpenAPI", href=f"{root}/openapi.json"),
            ),
        ),
    )


def catalogue_page(root: str, catalogue: Catalogue) -> str:
    """All canned queries."""
    rows = [
        tag("tr", tag("td", tag("a", query.summary, href=f"{root}/queries/{query.name}")), tag("td", query.question))
        for query in catalogue
    ]
    return page(root, "Questions", tag("table", *rows))


def answer_page(
    root: str,
    query: CannedQuery,
    given: Mapping[str, Sequence[str]],
    rows: Sequence[Mapping[str, object]],
    links: Mapping[str, str],
) -> str:
    """A canned query: its form, and its answer to what was asked."""
    formats = [Html(tag("a", name, href=link) + " ") for name, link in links.items()]
    return page(
        root,
        query.summary,
        tag("p", query.question),
        form(root, query, given),
        tag("p", f"{len(rows)} rows. ", *formats),
        table(query.columns, rows),
    )


def form(root: str, query: CannedQuery, given: Mapping[str, Sequence[str]], message: str | None = None) -> Html:
    """The form of a canned query, with what was given filled in."""
    fields = [_field(parameter, given.get(parameter.name, ())) for parameter in query.parameters]
    notice = [tag("p", tag("strong", message), role="alert")] if message else []
    return tag("form", *notice, *fields, tag("button", "Ask"), action=f"{root}/queries/{query.name}", method="get")


def error_page(root: str, query: CannedQuery, given: Mapping[str, Sequence[str]], message: str) -> str:
    """A canned query that could not be answered as it was asked: its form, and what is wrong."""
    return page(root, query.summary, tag("p", query.question), form(root, query, given, message))


def _field(parameter: Parameter, values: Sequence[str]) -> Html:
    value = values[0] if values else ""
    name = parameter.name
    if parameter.choices:
        options = [
            tag("option", choice, value=choice, selected="" if choice == value else None)
            for choice in ("", *parameter.choices)
        ]
        control = tag("select", *options, name=name)
    else:
        hint = f"such as {parameter.example}" if parameter.example else None
        required = "" if parameter.required else None
        control = void("input", name=name, value=value, placeholder=hint, required=required)
    return tag("label", f"{name} ", control, " ", tag("small", parameter.description))


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Html:
    """Rows under their columns."""
    head = tag("tr", *(tag("th", column.replace("_", " "), scope="col") for column in columns))
    body = [tag("tr", *(tag("td", _cell(row.get(column))) for column in columns)) for row in rows]
    return tag("table", tag("thead", head), tag("tbody", *body))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def query_page(root: str, endpoint: str, kind: DefaultGraphKind) -> str:
    """The SPARQL endpoint, for a person who opened it."""
    merge = kind is DefaultGraphKind.MERGE
    pattern = "?thing a ?class" if merge else "GRAPH ?graph { ?thing a ?class }"
    example = f"SELECT ?class (COUNT(*) AS ?things)\nWHERE {{ {pattern} }}\nGROUP BY ?class\nORDER BY DESC(?things)"
    note = "the merge of all named graphs." if merge else "plain, and empty in a release: name graphs by GRAPH or FROM."
    options = [tag("option", name) for name in ("json", "csv", "tsv", "xml", "turtle")]
    return page(
        root,
        "SPARQL",
        tag("p", "The endpoint for programs is ", tag("code", endpoint), ". The default graph is ", note),
        tag(
            "form",
            tag("textarea", example, name="query", rows="12", aria_label="query"),
            tag("label", "format ", tag("select", *options, name="format")),
            tag("button", "Run"),
            action=f"{root}/sparql",
            method="get",
        ),
    )


def interface_page(root: str, openapi: Mapping[str, object]) -> str:
    """The paths of the OpenAPI document, as a table."""
    rows = []
    paths = openapi.get("paths")
    for path, operations in paths.items() if isinstance(paths, dict) else ():
        for method, operation in operations.items():
            names = ", ".join(each["name"] for each in operation.get("parameters", ()))
            cells = (method.upper(), path, operation.get("summary", ""), names)
            rows.append(tag("tr", *(tag("td", cell) for cell in cells)))
    head = tag("tr", *(tag("th", name, scope="col") for name in ("method", "path", "what", "parameters")))
    note = tag("p", "The same for programs: ", tag("a", "OpenAPI", href=f"{root}/openapi.json"), ".")
    return page(root, "API", note, tag("table", tag("thead", head), tag("tbody", *rows)))
