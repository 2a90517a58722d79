from collections.abc import Callable

import pytest

from ingest.facts import Statement

Said = Callable[..., list[Statement]]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("As stated by Harbor Lines' general counsel, Mara Quill, in a letter, the port is safe.", "general counsel"),
        ("The port is safe, Harbor Lines chairman-CEO Mara Quill said.", "chairman-CEO"),
        ("One staff writer said the port was safe.", "staff writer"),
        ("A Harbor Lines spokeswoman said the port was safe.", "spokeswoman"),
        ("The port is safe, a union lawyer said.", "lawyer"),
        ("Several writers said the port was safe.", None),
    ],
)
def test_the_role_of_a_speaker_is_given_in_the_document_s_words(said: Said, text: str, role: str | None) -> None:
    (statement,) = said(text)
    assert statement.role == role
