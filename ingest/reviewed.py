"""The extractor `reviewed`: the facts that a person wrote down beside a document, each anchored in its words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from ingest import annotation
from ingest.anchor import Anchors
from ingest.annotation import Entry, scalar, texts
from ingest.dates import is_edtf
from ingest.declarations import Names, name_kind
from ingest.document import Document, annotation_path
from ingest.extraction import Extraction
from ingest.fact_keys import FIGURE, MODELS, Reading, readings
from ingest.facts import FACT, Fact, NameKind, Part
from ingest.marked import Entries, Items, Scalar, Value
from ingest.problem import AnnotationError, Problems
from ingest.segments import Evidence, check_statement
from ontology.authority import Authority
from ontology.names import fold
from ontology.topics import Topics


class ReviewedExtractor:
    """Reads `<stem>.yaml` beside the document."""

    name = annotation.EXTRACTOR

    def __init__(self, authority: Authority, topics: Topics) -> None:
        self.authority = authority
        self._topics = topics

    def extract(self, document: Document) -> Extraction:
        """All facts of the annotation, in its order; none, with a notice, when there is no annotation.

        Raises:
            AnnotationError: the annotation is wrong anywhere; all that is wrong is in it.
            InputError: the annotation cannot be read at all.
        """
        path = annotation_path(document.path, document.member)
        if not path.exists():
            return Extraction(notices=(f"{document.path}: no annotation ({path.name}) beside it",))
        return self.read(document, annotation.read_text(path), str(path))

    def read(self, document: Document, text: str, place: str) -> Extraction:
        """All facts of an annotation of the document, given as a text; `place` is what errors say of where it is.

        Raises:
            AnnotationError: the annotation is wrong anywhere; all that is wrong is in it.
            InputError: the annotation is not YAML.
        """
        problems = Problems(place)
        head = annotation.read(text, document, self.authority, problems)
        names = Names(self.authority, head.declarations)
        reader = _FactReader(document, Anchors(document.text), names, self._topics, problems)
        facts = [fact for entry in head.entries if (fact := reader.fact(entry)) is not None]
        if problems.found:
            raise AnnotationError(problems.found)
        return Extraction(tuple(facts), head.declarations, head.review)


class _FactReader:
    """Reads the facts of one annotation; what is wrong goes to its problems."""

    def __init__(self, document: Document, anchors: Anchors, names: Names, topics: Topics, problems: Problems) -> None:
        self._document = document
        self._anchors = anchors
        self._folded_text = fold(document.text)
        self._names = names
        self._topics = topics
        self._problems = problems
        self._readers: dict[Reading, Callable[[Entries, str, str], Any]] = {
            Reading.NAME: self._name,
            Reading.NAMES: self._all_names,
            Reading.ACTOR: self._actor,
            Reading.TOPICS: self._topic_slugs,
            Reading.DATE: self._date,
            Reading.WORDS: self._words,
            Reading.ALL_WORDS: self._all_words,
            Reading.THING: self._thing,
            Reading.TEXT: lambda keys, key, prefix: scalar(keys, key, prefix, self._problems),
        }

    def fact(self, entry: Entry) -> Fact | None:
        """The fact, or None when something about it is wrong."""
        if entry.kind not in MODELS:
            known = ", ".join(MODELS)
            self._problems.add(entry.line, f"{entry.kind}: unknown kind of fact; known: {known}")
            return None
        before = len(self._problems.found)
        how, prefix = readings(entry.kind), f"{entry.kind}."
        annotation.check_keys(entry.keys, tuple(how), prefix, self._problems)
        evidence = Evidence(entry, self._anchors, self._problems)
        fields: dict[str, Any] = {
            key: value
            for key, reading in how.items()
            if reading is not Reading.ANCHOR
            and entry.keys.get(key) is not None
            and (value := self._readers[reading](entry.keys, key, prefix)) is not None
        }
        fields |= evidence.fields(fields)
        if entry.kind == FIGURE[0] and FIGURE[1] in fields:
            fields[FIGURE[2]] = fields.pop(FIGURE[1])
        if entry.kind == "statement":
            check_statement(entry, evidence, fields, self._problems)
        fields |= {"kind": entry.kind, "source": self._document.source, "extractor": annotation.EXTRACTOR}
        told = tuple(problem.message for problem in self._problems.found[before:])
        fact = self._validated(entry, {"confidence": Decimal(1)} | fields, told)
        return None if told else fact

    def _validated(self, entry: Entry, fields: dict[str, Any], told: tuple[str, ...]) -> Fact | None:
        try:
            return FACT.validate_python(fields)
        except ValidationError as error:
            for detail in error.errors():
                location = [str(step) for step in detail["loc"] if step != entry.kind]
                field = location[0] if location else ""
                key = FIGURE[1] if (entry.kind, field) == (FIGURE[0], FIGURE[2]) else field
                location[:1] = [key] if key else []
                known = field in fields and not any(said.startswith(f"{entry.kind}.{key}:") for said in told)
                if field == "evidence" or (told and not known):
                    continue
                line = entry.keys.lines.get(key, entry.line)
                path = ".".join([entry.kind, *location])
                self._problems.add(line, f"{path}: {_plain(detail['msg'], entry.keys.get(key))}")
            return None

    def _name(self, keys: Entries, key: str, prefix: str) -> dict[str, Any] | None:
        value = keys.get(key)
        if isinstance(value, Items):
            self._problems.add(value.line, f"{prefix}{key}: must be one name")
            return None
        return self._one_name(value, keys.lines[key], f"{prefix}{key}") if value is not None else None

    def _all_names(self, keys: Entries, key: str, prefix: str) -> list[dict[str, Any]]:
        value = keys.get(key)
        items = value.items if isinstance(value, Items) else (value,) if value is not None else ()
        found = [self._one_name(item, item.line, f"{prefix}{key}") for item in items]
        return [name for name in found if name is not None]

    def _one_name(self, value: Value, line: int, path: str) -> dict[str, Any] | None:
        """A plain name, or a mapping with the key `name` and maybe `kind` and `unresolved`."""
        given_kind = None
        if isinstance(value, Entries):
            annotation.check_keys(value, ("name", "kind", "unresolved"), f"{path}.", self._problems)
            if value.get("unresolved") is not None:
                return self._unresolved(value, path)
            given_kind = scalar(value, "kind", f"{path}.", self._problems)
            name = scalar(value, "name", f"{path}.", self._problems, required=True)
        else:
            name = value.text.strip() if isinstance(value, Scalar) else None
        if not name:
            self._problems.add(line, f"{path}: must be a name")
            return None
        found = self._names.find(name)
        if found is None:
            self._unknown(name, line, path)
            return None
        kind = name_kind(found)
        if given_kind is not None and given_kind != kind:
            self._problems.add(line, f"{path}: {name} is a {kind}, not a {given_kind}")
        return {"name": name, "kind": kind}

    def _unresolved(self, value: Entries, path: str) -> dict[str, Any] | None:
        """Words of the document that do not make clear who is meant, with the kind of whoever it is."""
        name = self._words(value, "name", f"{path}.")
        kind = scalar(value, "kind", f"{path}.", self._problems, required=True)
        if scalar(value, "unresolved", f"{path}.", self._problems) != "true":
            self._problems.add(value.lines["unresolved"], f"{path}.unresolved: must be true, or left out")
        if kind is not None and kind not in list(NameKind):
            self._problems.add(value.lines["kind"], f"{path}.kind: {kind} is none of {', '.join(NameKind)}")
            return None
        if name is None:
            self._problems.add(value.line, f"{path}.name: is missing")
        return {"name": name, "kind": kind, "unresolved": True} if name and kind else None

    def _actor(self, keys: Entries, key: str, prefix: str) -> str | None:
        value = keys.get(key)
        if isinstance(value, Items) or value is None:
            self._problems.add(keys.lines[key], f"{prefix}{key}: must be one name")
            return None
        found = self._one_name(value, keys.lines[key], f"{prefix}{key}")
        if found is not None and found["kind"] == NameKind.DOCUMENT:
            self._problems.add(keys.lines[key], f"{prefix}{key}: {found['name']} is no actor")
        return str(found["name"]) if found is not None else None

    def _unknown(self, name: str, line: int, path: str) -> None:
        nearest = self._names.nearest(name)
        hint = f"nearest: {', '.join(nearest)}; or declare it" if nearest else "declare it"
        self._problems.add(line, f"{path}: unknown name {name!r}; {hint} in actors: or things:")

    def _topic_slugs(self, keys: Entries, key: str, prefix: str) -> list[str]:
        slugs = []
        for topic in texts(keys, key, prefix, self._problems):
            slug = self._topics.resolve(topic)
            if slug is None:
                near = ", ".join(self._topics.nearest(topic))
                self._problems.add(keys.lines[key], f"{prefix}{key}: unknown topic {topic!r}; nearest: {near}")
            elif slug not in slugs:
                slugs.append(slug)
        return slugs

    def _date(self, keys: Entries, key: str, prefix: str) -> dict[str, str | None] | None:
        value = keys.get(key)
        if isinstance(value, Entries):
            annotation.check_keys(value, ("wording", "edtf"), f"{prefix}{key}.", self._problems)
            wording = scalar(value, "wording", f"{prefix}{key}.", self._problems, required=True)
            edtf = scalar(value, "edtf", f"{prefix}{key}.", self._problems)
        else:
            wording, edtf = scalar(keys, key, prefix, self._problems), None
        if wording is None:
            return None
        self._in_document(wording, keys.lines[key], f"{prefix}{key}")
        if edtf is not None and not is_edtf(edtf):
            self._problems.add(value.line if value else 0, f"{prefix}{key}.edtf: {edtf} is not a date in EDTF")
        return {"wording": wording, "edtf": edtf}

    def _words(self, keys: Entries, key: str, prefix: str) -> str | None:
        words = scalar(keys, key, prefix, self._problems)
        if words is not None:
            self._in_document(words, keys.lines[key], f"{prefix}{key}")
        return words

    def _all_words(self, keys: Entries, key: str, prefix: str) -> list[str]:
        found = texts(keys, key, prefix, self._problems)
        for words in found:
            self._in_document(words, keys.lines[key], f"{prefix}{key}")
        return found

    def _thing(self, keys: Entries, key: str, prefix: str) -> str | None:
        name = scalar(keys, key, prefix, self._problems)
        if name is not None and self._names.find(name) is None and fold(name) not in self._folded_text:
            self._in_document(name, keys.lines[key], f"{prefix}{key}")
        return name

    def _in_document(self, words: str, line: int, path: str) -> None:
        if not self._anchors.contains(words):
            self._problems.add(line, f"{path}: {words!r} is nowhere in the document")


def outline(fact: Fact) -> str:
    """A fact in a few lines, for the eye of the person who annotates."""
    start, end = fact.span
    lines = [f"{fact.kind} {start}-{end}"]
    for segment in fact.evidence:
        indent = "  " if segment.part is Part.SENTENCE else "    "
        lines.append(f"{indent}{segment.part} {segment.start}-{segment.end}: {' '.join(segment.exact.split())}")
    return "\n".join(lines)


def _plain(message: str, value: Value | None) -> str:
    """What the model said, in a user's words."""
    said = message.removeprefix("Value error, ")
    said = said.replace("Input should be", "must be").replace("Field required", "is missing")
    return f"{said} (here: {value.text})" if isinstance(value, Scalar) and said.startswith("must be") else said
