"""One object a key, as long as it is used."""

import gc

from symback.tensor.interned import Interned


class Thing:
    """Anything that can be held weakly."""


def test_an_object_stays_while_it_is_used():
    """The table does not keep what nobody else keeps."""
    table = Interned()
    kept = Thing()
    table.put("a", kept)
    assert table.get("a") is kept
    del kept
    gc.collect()
    assert table.get("a") is None


def test_a_replaced_object_does_not_take_its_successor_along():
    """The end of the first object under a key leaves the second one in place."""
    table = Interned()
    first, second = Thing(), Thing()
    table.put("a", first)
    table.put("a", second)
    del first
    gc.collect()
    assert table.get("a") is second
