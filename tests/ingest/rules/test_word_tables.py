"""The tables of words that linguists edit: every row is one that the rules understand."""

import re

import pytest

from ingest.facts import NameKind
from ingest.rules import word_group
from ingest.rules.belonging import Side
from ingest.rules.cue import Frame, cues
from ingest.rules.description import descriptions
from ingest.rules.lexicon import rows
from ingest.rules.statement import CONFIDENCE

CLASSES = {"verb", "noun", "adjective"}


@pytest.mark.parametrize("row", rows("cues.tsv"), ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_cue_has_a_class_and_frames(row: list[str]) -> None:
    word, cls, frames = row
    assert word == word.casefold().strip()
    assert cls in CLASSES
    assert {Frame(frame) for frame in frames.split()}


def test_no_cue_is_listed_twice() -> None:
    assert len(cues()) == len(rows("cues.tsv"))


@pytest.mark.parametrize("row", rows("descriptions.tsv"), ids=lambda row: row[0])
def test_a_description_stands_for_a_kind_and_organizations_alone_have_kinds(row: list[str]) -> None:
    noun, _, kinds = row
    found = descriptions()[noun]
    assert noun == noun.casefold().strip()
    assert not kinds or found.stands_for is NameKind.ORGANIZATION
    assert len(found.kinds) == len(kinds.split())


def test_no_description_is_listed_twice() -> None:
    assert len(descriptions()) == len(rows("descriptions.tsv"))


@pytest.mark.parametrize("row", rows("word_groups.tsv"), ids=lambda row: row[0])
def test_a_group_has_words_in_lower_case_each_once(row: list[str]) -> None:
    name, listed = row
    assert listed.split()
    assert listed == listed.casefold()
    assert word_group.group(name) >= set(listed.split())


def test_offices_are_patterns_in_lower_case() -> None:
    sides = [side for side, _ in rows("offices.tsv")]
    assert {Side(side) for side in sides} == set(Side)
    assert all(re.compile(pattern) and pattern == pattern.casefold() for _, pattern in rows("offices.tsv"))


def test_every_rule_says_how_sure_it_is() -> None:
    assert all(0 < float(confidence) <= 1 for confidence in CONFIDENCE.values())
