"""The extractor `llm`: any language model behind an OpenAI-compatible address, held to the document's own words.

Read in this order: pieces, prompt, client, asking, answer, evidence, grounding, overlap, extractor. The settings are in
`settings`, and for users in docs/language-models.md.
"""

from __future__ import annotations

from ingest.llm.settings import ModelSettings


def identity() -> str:
    """What makes the facts of this extractor what they are, in one line: prompt, model, and how documents are cut.

    A document whose bytes have not changed is read again when this has.

    Raises:
        InputError: the settings in the environment are missing or wrong.
    """
    from ingest.llm.prompt import Prompt
    from ontology.namespaces import Base
    from ontology.topics import Topics

    settings = ModelSettings.read()
    asked = (settings.model, settings.piece, settings.overlap, settings.temperature, settings.max_tokens, settings.json)
    return " ".join([Prompt.load(Topics.load(Base())).id, *map(str, asked)])
