"""Technologies: known names, introduced ones, and words that say something only with a user or a purpose."""

import pytest

from ingest.rules.technology import technologies

USED = [
    ("Netflix uses AI to recommend films.", "AI", None, {"Netflix"}, "recommend films"),
    ("Studios are using generative AI for dubbing.", "generative AI", None, {"Studios"}, "dubbing"),
    ("The company built it with ChatGPT.", "ChatGPT", None, set(), None),
    ("OpenAI unveiled Sora in February.", "Sora", "OpenAI", set(), None),
    ("Lionsgate used Midjourney to draw storyboards.", "Midjourney", "Midjourney", {"Lionsgate"}, "draw storyboards"),
    ("Ubisoft unveiled a tool called Ghostwriter.", "Ghostwriter", "Ubisoft", set(), None),
    ("Netflix has been exploring the use of AI in production.", "AI", None, {"Netflix"}, "production"),
    ("Disney makes trailers using AI.", "AI", None, {"Disney"}, "makes trailers"),
    ("The clip was made with software from ElevenLabs.", "software", "ElevenLabs", set(), None),
    ("Netflix uses machine learning to pick thumbnails.", "machine learning", None, {"Netflix"}, "pick thumbnails"),
    ("The credits were made using generative AI.", "generative AI", None, set(), None),
    ("Amazon has built an AI system that dubs films.", "AI system", "Amazon", set(), None),
    ("The startup's software turns scripts into storyboards.", "software", None, set(), None),
    ("ByteDance released Seedream, an image generator.", "Seedream", "ByteDance", set(), None),
    ("Google's Veo 3 produces clips with sound.", "Veo", "Google", set(), None),
]

UNUSED = [
    "AI is a threat to writers, she said.",
    "Netflix does not use AI.",
    "Netflix is looking for an AI engineer.",
    "They asked whether Netflix uses AI.",
    "The guild regulates how AI is used.",
    "The AI boom has lifted shares.",
    "He bought software.",
    "Claude Monet painted lilies.",
    "Gemini is a sign of the zodiac.",
    "The people who whisper to machines.",
]


@pytest.mark.parametrize(("text", "name", "developer", "users", "purpose"), USED, ids=[row[0][:40] for row in USED])
def test_technologies(facts, text, name, developer, users, purpose):
    (fact,) = [fact for fact in facts(technologies, text) if fact.technology == name]
    assert fact.developer == developer
    assert {user.name for user in fact.users} == users
    assert fact.purpose == purpose


@pytest.mark.parametrize("text", UNUSED)
def test_words_that_say_nothing_of_a_use(facts, text):
    assert facts(technologies, text) == []


def test_a_name_that_the_document_introduces_is_known_from_then_on(facts):
    text = "Ubisoft unveiled a tool called Ghostwriter. Acme Games uses Ghostwriter to write small talk."
    found = facts(technologies, text)
    assert [fact.technology for fact in found] == ["Ghostwriter", "Ghostwriter"]
    assert [name.name for name in found[1].users] == ["Acme Games"]


def test_evidence_holds_the_name(facts):
    text = "Lionsgate used Midjourney to draw storyboards."
    (fact,) = facts(technologies, text)
    assert [text[segment.start : segment.end] for segment in fact.evidence] == [text, "Midjourney"]
