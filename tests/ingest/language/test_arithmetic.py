import pytest
from threadpoolctl import ThreadpoolController

from ingest.language import model
from ingest.language.arithmetic import on_one_thread

WORDS = "The union said on Monday that its members would vote on the deal."


def threads() -> list[int]:
    found: list[int] = [each["num_threads"] for each in ThreadpoolController().select(user_api="blas").info()]
    return found


def test_every_part_of_the_model_multiplies_with_numpy() -> None:
    networks = [part.model for _, part in model.load().pipeline if hasattr(getattr(part, "model", None), "walk")]
    layers = [layer for network in networks for layer in network.walk()]
    assert layers
    assert not any(getattr(layer.ops, "use_blis", False) for layer in layers)


def test_it_parses_as_the_model_that_spacy_loads_does() -> None:
    quick, slow = model.load()(WORDS), model.as_spacy_loads()(WORDS)
    assert [(each.lemma_, each.tag_, each.dep_, each.head.i, each.ent_type_) for each in quick] == [
        (each.lemma_, each.tag_, each.dep_, each.head.i, each.ent_type_) for each in slow
    ]


def test_the_number_of_threads_is_one_inside_and_as_before_after() -> None:
    before = threads()
    if not before:
        pytest.skip("NumPy has no library here whose threads can be told")
    with on_one_thread():
        assert set(threads()) == {1}
    assert threads() == before
