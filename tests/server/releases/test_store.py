from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from server.releases.store import settle

GRAPH = NamedNode("https://example.org/graph")
LOADS, SIZE = 3, 200
"""From four loads on the engine puts its files in order by itself."""


def test_only_a_store_that_is_new_for_a_large_part_is_put_in_order(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    for load in range(LOADS):
        store.bulk_extend(
            Quad(NamedNode(f"https://example.org/{number}"), NamedNode("https://example.org/p"), Literal(load), GRAPH)
            for number in range(SIZE)
        )
    settle(store, 1, LOADS * SIZE)
    left = len(list((tmp_path / "store").glob("*.sst")))
    settle(store, LOADS * SIZE, LOADS * SIZE)
    assert len(list((tmp_path / "store").glob("*.sst"))) < left
    assert len(Store.read_only(str(tmp_path / "store"))) == LOADS * SIZE
