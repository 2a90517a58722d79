"""The reference page of the canned queries, made from them: `python -m server.canned.reference > docs/queries.md`."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from server.canned.catalogue import CannedQuery, Catalogue
from server.canned.header import COLUMN_TYPES
from server.canned.parameters import TYPES, Parameter

INTRODUCTION = """# The canned queries

Made from the headers of `server/queries/*.rq` by `python -m server.canned.reference > docs/queries.md`; what is to
change is changed there. Each query is one file of SPARQL 1.1 that also runs as it stands, at `/sparql` or in any other
engine.

- **What a value may be.** An actor, topic, document or other thing is given by name, alias, slug, CURIE
  (`id:organization/netflix`, `topic:ai`, `doc:…`) or IRI, in any case; what is unknown is refused with the nearest
  names. An option that may be repeated means *any of* its values; several options mean *all of them*.
- **What a row holds.** Absent values are empty (`null` in JSON). Cells with several values join them with `; `, in
  order. Amounts are exact numbers. A date is the resolved one (EDTF) if the document supports one, else its wording.
- **Evidence** is the exact sentence. Several are joined by the white space that the document has between them, or by
  ` […] ` where other sentences stand between.
- **Documents** are named by their short names.
"""

ADDING = f"""## Adding a query

A new file `server/queries/NAME.rq` is a new query on the command line, over HTTP, in the OpenAPI document, in the
release's description and, once it is made again, on this page. It opens with `#+` lines of YAML:

| key | what |
| --- | --- |
| `summary`, `question` | its name for people, and the question it answers |
| `parameters` | a list of `name`, `type`, `description` and, as needed, `default`, `example`, `choices`, `minimum`, `required`; types are {", ".join(f"`{name}`" for name in TYPES)} |
| `columns` | a list of `name`, `description` and `type` ({", ".join(f"`{name}`" for name in COLUMN_TYPES)}), as SELECT has them |
| `example` | values of parameters that make a good example |

A parameter `min-salary` stands in the query as `VALUES ?_min_salary {{ UNDEF }}`, once; terms take the place of UNDEF
when a value is given, so `FILTER (!BOUND(?_min_salary) || …)` leaves the query open without one. ORDER BY makes the
order certain, down to the last tie. `tests/server/canned/invented.json` holds what every query answers about the invented
documents beside it, in this and in another engine.
"""  # noqa: E501


def page() -> str:
    """The whole page, in Markdown."""
    queries = list(Catalogue.load())
    contents = [f"- [`{query.name}`](#{query.name}): {query.question}" for query in queries]
    return "\n".join([INTRODUCTION, *contents, "", *(line for query in queries for line in _section(query)), ADDING])


def _section(query: CannedQuery) -> Iterator[str]:
    options = [f"--{name} {shlex.quote(value)}" for name, value in query.example.items()]
    parameters = "?" + urlencode(query.example) if query.example else ""
    yield f"## {query.name}\n"
    yield f"{query.question}\n"
    yield "```sh"
    yield " ".join(["onrecord ask", query.name, *options])
    yield f"curl {shlex.quote(f'http://localhost:8000/queries/{query.name}{parameters}')}"
    yield "```\n"
    if query.parameters:
        rows = [(f"`--{each.name}`", _type(each), each.description) for each in query.parameters]
        yield _table(("parameter", "type", "meaning"), rows)
    yield _table(("column", "type", "meaning"), [(f"`{c.name}`", c.type, c.description) for c in query.header.columns])


def _type(parameter: Parameter) -> str:
    if parameter.choices:
        return "one of " + ", ".join(f"`{choice}`" for choice in parameter.choices)
    notes = [parameter.type]
    notes += [f"from {parameter.minimum} up"] if parameter.minimum is not None else []
    notes += [f"default {parameter.default}"] if parameter.default is not None else []
    notes += [f"such as `{parameter.example}`"] if parameter.example is not None else []
    return ", ".join(notes)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    print(page(), end="")
