import json
from pathlib import Path

import pytest

from bench.reading.corpora import CORPORA
from bench.reading.corpora.attribution import Attribution, CorpusDocument, chunks
from bench.reading.corpora.tokens import join
from ontology.errors import InputError

TEXT = "Quill said the ferry is late. “No crew,” she added, “no ferry.”\n"


def words(document: CorpusDocument, attribution: Attribution) -> tuple[str, str, str]:
    """Source, cue and content as they are printed."""
    source, cue, content = (
        " … ".join(document.text[start:end] for start, end in spans)
        for spans in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content


def brat(directory: Path, lines: list[str], annotator: str = "b1") -> None:
    for part in ("text", "attributions"):
        (directory / "dev" / part).mkdir(parents=True, exist_ok=True)
    (directory / "dev" / "text" / "ferry.txt").write_text(TEXT, encoding="utf-8")
    (directory / "dev" / "attributions" / f"ferry_{annotator}.ann").write_text("\n".join(lines), encoding="utf-8")


def span(kind: str, *pieces: str) -> str:
    places = ";".join(f"{TEXT.index(piece)} {TEXT.index(piece) + len(piece)}" for piece in pieces)
    return f"{kind} {places}\t{' '.join(pieces)}"


def test_polnear_gives_source_cue_and_content(tmp_path: Path) -> None:
    brat(
        tmp_path,
        [
            f"T1\t{span('Source', 'Quill')}",
            f"T2\t{span('Cue', 'said')}",
            f"T3\t{span('Content', 'the ferry is late')}",
            f"T4\t{span('Attribution', 'said')}",
            "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
            "#1\tAnnotatorNotes E1\ta note",
        ],
    )
    (document,) = CORPORA["polnear"](tmp_path, "dev")
    assert document.text == TEXT
    assert [words(document, each) for each in document.attributions] == [("Quill", "said", "the ferry is late")]


def test_polnear_content_may_be_in_pieces_in_either_way_and_after_its_event(tmp_path: Path) -> None:
    brat(
        tmp_path,
        [
            "E1\tAttribution:T9 Content:T1 Content2:T2 Cue:T3 Source:T4",
            "E2\tAttribution-no-source:T9 Content:T5",
            "E3\tAttribution-no-source:T9",
            f"T1\t{span('Content', '“No crew,”')}",
            f"T2\t{span('Content', '“no ferry.”')}",
            f"T3\t{span('Cue', 'added')}",
            f"T4\t{span('Source', 'she')}",
            f"T5\t{span('Content', '“No crew,”', '“no ferry.”')}",
            f"T9\t{span('Attribution', 'added')}",
        ],
    )
    (document,) = CORPORA["polnear"](tmp_path, "dev")
    assert [words(document, each) for each in document.attributions] == [
        ("she", "added", "“No crew,” … “no ferry.”"),
        ("", "", "“No crew,” … “no ferry.”"),
    ]


def test_of_several_annotators_the_first_is_taken(tmp_path: Path) -> None:
    brat(tmp_path, [f"T1\t{span('Content', 'the ferry is late')}", "E1\tAttribution:T1 Content:T1"], "b1")
    brat(tmp_path, [], "a0")
    (document,) = CORPORA["polnear"](tmp_path, "dev")
    assert document.attributions == ()


@pytest.mark.parametrize(
    "line", ["T1\tContent 5 900\tx", "T1\tContent five six\tx", "E1\tAttribution:T1 Content:T7", "T1\tContent 9 5\tx"]
)
def test_a_line_that_is_not_brat_is_an_error_with_its_place(tmp_path: Path, line: str) -> None:
    brat(tmp_path, ["", line])
    with pytest.raises(InputError, match=r"ferry_b1\.ann:2"):
        CORPORA["polnear"](tmp_path, "dev")


@pytest.mark.parametrize("corpus", CORPORA)
def test_a_corpus_that_is_not_there_is_an_error(corpus: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        CORPORA[corpus](tmp_path, "dev")


def test_cofenet_passages_give_each_content_its_nearest_source(tmp_path: Path) -> None:
    tokens = ["``", "No", "crew", ",", "''", "said", "Quill", ".", "Orla", "is", "n't", "sure", "."]
    labels = ["B-content", *["I-content"] * 4, "B-cue", "B-source", "O", "B-source", "O", "O", "O", "O"]
    alone = {"tokens": ["Late", "again"], "labels": ["I-content", "I-content"], "id": "b"}
    lines = [json.dumps({"tokens": tokens, "labels": labels, "id": "a"}), json.dumps(alone), ""]
    (tmp_path / "valid.txt").write_text("\n".join(lines), encoding="utf-8")
    first, second = CORPORA["cofenet"](tmp_path, "dev")
    assert first.text == "“No crew,” said Quill. Orla isn't sure."
    assert [words(first, each) for each in first.attributions] == [("Quill", "said", "“No crew,”")]
    assert [words(second, each) for each in second.attributions] == [("", "", "Late again")]


@pytest.mark.parametrize("line", ["[]", "{", '{"tokens": []}', '{"tokens": ["a"], "labels": []}'])
def test_a_line_that_is_not_cofenet_is_an_error_with_its_place(tmp_path: Path, line: str) -> None:
    (tmp_path / "train.txt").write_text(line)
    with pytest.raises(InputError, match=r"train\.txt:1"):
        CORPORA["cofenet"](tmp_path, "train")


def conll(rows: str) -> str:
    return "\n".join(row.strip().replace(" ", "\t") for row in rows.strip().split("\n"))


def test_directquote_looks_for_the_speaker_on_the_side_it_names(tmp_path: Path) -> None:
    rows = """
    -DOCSTART- O

    Quill I-Speaker
    and O
    Orla I-Speaker
    spoke: O
    “No I-LeftSpeaker
    crew.” I-LeftSpeaker
    “No B-RightSpeaker
    ferry,” I-RightSpeaker
    said O
    Tom I-Speaker
    Tide. I-Speaker

    “Whose I-Unknown
    boat?” I-Unknown
    """
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "a.txt").write_text(conll(rows), encoding="utf-8")
    first, second = CORPORA["directquote"](tmp_path, "dev")
    assert [words(first, each) for each in first.attributions] == [
        ("Orla", "", "“No crew.”"),
        ("Tom Tide.", "", "“No ferry,”"),
    ]
    assert [words(second, each) for each in second.attributions] == [("", "", "“Whose boat?”")]


def test_a_directquote_line_without_a_label_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("No I-Unknown\ncrew\n")
    with pytest.raises(InputError, match=r"a\.txt:2"):
        CORPORA["directquote"](tmp_path, "dev")


PARC = """<root>
<SENTENCE><S>
 <NP><WORD text="Quill"><attribution id="a1"><attributionRole roleValue="source"/></attribution></WORD></NP>
 <VP><WORD text="said"><attribution id="a1"><attributionRole roleValue="cue"/></attribution></WORD>
 <S><WORD text="Orla"><attribution id="a1"><attributionRole roleValue="content"/></attribution>
  <attribution id="a1_Nested_1"><attributionRole roleValue="source"/></attribution></WORD>
 <WORD text="fears"><attribution id="a1"><attributionRole roleValue="content"/></attribution>
  <attribution id="a1_Nested_1"><attributionRole roleValue="cue"/></attribution></WORD>
 <WORD text="storms"><attribution id="a1"><attributionRole roleValue="content"/></attribution>
  <attribution id="a1_Nested_1"><attributionRole roleValue="content"/></attribution></WORD></S></VP>
 <WORD text="."/>
</S></SENTENCE>
<SENTENCE><S><WORD text="All"><attribution id="a1"><attributionRole roleValue="content"/></attribution></WORD>
 <WORD text="wait"/></S></SENTENCE>
</root>"""


def test_parc_gives_nested_attributions_and_pieces(tmp_path: Path) -> None:
    (tmp_path / "wsj_9999.xml").write_text(PARC)
    (document,) = CORPORA["parc"](tmp_path, "dev")
    assert document.text == "Quill said Orla fears storms.\n\nAll wait"
    assert [words(document, each) for each in document.attributions] == [
        ("Quill", "said", "Orla fears storms … All"),
        ("Orla", "fears", "storms"),
    ]


def test_a_parc_file_that_is_no_xml_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<root>")
    with pytest.raises(InputError, match="XML"):
        CORPORA["parc"](tmp_path, "dev")


def test_labels_are_read_with_or_without_a_beginning() -> None:
    assert chunks(["I-a", "I-a", "B-a", "O", "I-b", "I-a"]) == [("a", 0, 2), ("a", 2, 3), ("b", 4, 5), ("a", 5, 6)]


def test_tokens_become_text_with_the_spaces_of_english() -> None:
    tokens = ["``", "It", "'s", "$", "5", ",", "''", "he", "said", "-LRB-", "now", "-RRB-", '"', "ok", '"', "."]
    joined = join(tokens, frozenset({7}))
    assert joined.text == '“It\'s $5,”\n\nhe said (now) "ok".'
    assert [joined.text[start:end] for start, end in joined.spans][-3:] == ["ok", '"', "."]
    assert joined.text[slice(*joined.span(7, 9))] == "he said"
