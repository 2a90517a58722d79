"""Evidence from an annotation: quoted words become segments, and the mode of a statement is held against them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ingest.anchor import AnchorError, Anchors, Span, inside
from ingest.annotation import Entry, check_keys, scalar
from ingest.fact_keys import PARTS, Reading, readings
from ingest.facts import Mode, Part, Segment
from ingest.marked import Entries, Items, Scalar, Value
from ingest.problem import Problems

QUOTATION_MARKS = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
_AROUND_A_QUOTATION = QUOTATION_MARKS + " \t\r\n\u00a0.,;:!?"


class Evidence:
    """The segments of one fact as written."""

    def __init__(self, entry: Entry, anchors: Anchors, problems: Problems) -> None:
        self._entry = entry
        self._anchors = anchors
        self._problems = problems
        self._prefix = f"{entry.kind}."
        how = readings(entry.kind)
        anchored = [key for key in PARTS if how.get(key) is Reading.ANCHOR]
        self._segments: dict[Part, list[Segment]] = {part: [] for part in Part}
        for key in anchored:
            self._segments[PARTS[key]] = self._found(key, PARTS[key])
        if not self._segments[Part.VALUE] and isinstance(entry.keys.get("wording"), Scalar):
            self._segments[Part.VALUE] = self._found("wording", Part.VALUE)
        self._complete()

    def of(self, part: Part) -> list[Segment]:
        """The segments of one part, in the order in which they were written."""
        return self._segments[part]

    def fields(self, given: dict[str, Any]) -> dict[str, Any]:
        """The fields of the fact that its segments give: evidence, content, quote, wording, value."""
        fields: dict[str, Any] = {"evidence": tuple(s for part in PARTS.values() for s in self.of(part))}
        keys = readings(self._entry.kind)
        value = " ".join(segment.exact for segment in self.of(Part.VALUE))
        if Part.CONTENT.value in keys:
            fields["content"] = " ".join(segment.exact for segment in self.of(Part.CONTENT))
        if "quote" in keys:
            fields["quote"] = tuple(segment.exact for segment in self.of(Part.QUOTATION))
        if value and "wording" in keys and "wording" not in given:
            fields["wording"] = value
        if value and self._entry.kind == "document_metadata":
            fields["value"] = value
        return fields

    def _complete(self) -> None:
        """What may be left out follows from the rest: content from the quotation, a sentence from a document's data."""
        segments = self._segments
        if self._entry.kind == "statement" and not segments[Part.CONTENT]:
            segments[Part.CONTENT] = [s.model_copy(update={"part": Part.CONTENT}) for s in segments[Part.QUOTATION]]
        if self._entry.keys.get("sentence") is None:
            if self._entry.kind == "document_metadata":
                segments[Part.SENTENCE] = [s.model_copy(update={"part": Part.SENTENCE}) for s in segments[Part.VALUE]]
            else:
                self._problems.add(self._entry.line, f"{self._prefix}sentence: is missing")

    def _found(self, key: str, part: Part) -> list[Segment]:
        value = self._entry.keys.get(key)
        within = None
        if part is not Part.SENTENCE and self._entry.keys.get("sentence") is not None:
            within = passages(self._anchors.text, [(s.start, s.end) for s in self._segments[Part.SENTENCE]])
            if not within:
                return []
        segments: list[Segment] = []
        for item in () if value is None else value if isinstance(value, Items) else (value,):
            try:
                start, end = self._span(item, key, within)
            except AnchorError as error:
                self._problems.add(item.line, f"{self._prefix}{key}: {error.message}")
                continue
            if end <= start:
                continue
            segment = Segment(start=start, end=end, exact=self._anchors.text[start:end], part=part)
            if segment not in segments:
                segments.append(segment)
        return segments

    def _span(self, item: Value, key: str, within: list[Span] | None) -> Span:
        if isinstance(item, Scalar):
            return self._anchors.find(item.text, within)
        if isinstance(item, Items):
            raise AnchorError("must be words of the document or {exact: …}, not a list in a list")
        path = f"{self._prefix}{key}."
        check_keys(item, ("exact", "nth", "start", "end"), path, self._problems)
        exact = scalar(item, "exact", path, self._problems, required=True)
        numbers = {name: self._number(item, name, path) for name in ("nth", "start", "end")}
        if exact is None:
            return 0, 0
        start, end = numbers["start"], numbers["end"]
        if (start is None) != (end is None):
            raise AnchorError("start and end go together")
        if start is None or end is None:
            return self._anchors.find(exact, within, numbers["nth"])
        span = self._anchors.at(start, end, exact)
        if within is not None and not inside(span, within):
            raise AnchorError(f"{start} to {end} is not inside the given sentence")
        return span

    def _number(self, item: Entries, key: str, path: str) -> int | None:
        text = scalar(item, key, path, self._problems)
        if text is None:
            return None
        if not text.isdecimal():
            self._problems.add(item.lines[key], f"{path}{key}: must be a whole number (here: {text})")
            return None
        return int(text)


def passages(text: str, sentences: Iterable[Span]) -> list[Span]:
    """Where the parts of a fact are looked for: its sentences, those with nothing but space between them as one."""
    found: list[Span] = []
    for start, end in sorted(sentences):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def check_statement(entry: Entry, evidence: Evidence, fields: dict[str, Any], problems: Problems) -> None:
    """Hold the mode of a statement against its quotation and content, or derive it when it is not given."""
    quotation, content = evidence.of(Part.QUOTATION), evidence.of(Part.CONTENT)
    line = entry.keys.lines.get("mode", entry.line)
    for segment in quotation:
        if _keeps_its_marks(segment.exact):
            problems.add(entry.keys.lines["quote"], "statement.quote: is given without its quotation marks")
    if not content and entry.keys.get("content") is None and entry.keys.get("quote") is None:
        problems.add(entry.line, "statement.content: is missing")
    same = _bare(content) == _bare(quotation)
    if "mode" not in fields:
        fields["mode"] = Mode.INDIRECT if not quotation else Mode.DIRECT if same else Mode.MIXED
    mode = fields["mode"]
    if mode == Mode.INDIRECT and quotation:
        problems.add(line, "statement.mode: an indirect statement has no quote; it is mixed or direct")
    elif mode in (Mode.DIRECT, Mode.MIXED) and entry.keys.get("quote") is None:
        problems.add(line, f"statement.mode: a {mode} statement needs its quote")
    elif mode == Mode.DIRECT and quotation and content and not same:
        problems.add(line, "statement.mode: the content of a direct statement is its quote; else it is mixed")


def _keeps_its_marks(words: str) -> bool:
    """Whether a mark at either end is the quotation's own, not that of a quotation inside it."""
    ends = words[0] in QUOTATION_MARKS or words[-1] in QUOTATION_MARKS
    return ends and not any(mark in words[1:-1] for mark in QUOTATION_MARKS)


def _bare(segments: list[Segment]) -> str:
    return " ".join(" ".join(s.exact.strip(_AROUND_A_QUOTATION).split()) for s in segments)
