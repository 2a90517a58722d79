"""How the model's matrices are multiplied: by NumPy's own library, on one thread.

spaCy multiplies with the BLIS that it brings along, whose wheels hold no kernels for newer processors. NumPy's OpenBLAS
has them, and parses in half the time. It would start a thread for every core, though, which costs more than it gives
for matrices as small as these, and takes the cores from the other processes that read.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language


def multiply_with_numpy(language: Language) -> Language:
    """Have every part of the model multiply with NumPy, and give it back.

    A part that computes elsewhere (on a graphics card, or on Apple's library) is left as it is.
    """
    for _, pipe in language.pipeline:
        network: Any = getattr(pipe, "model", None)
        for layer in network.walk() if hasattr(network, "walk") else ():
            if getattr(layer.ops, "use_blis", False):
                layer.ops.use_blis = False
    return language


def on_one_thread() -> AbstractContextManager[object]:
    """While inside, NumPy's library works on one thread, in the whole process."""
    limited: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> ThreadpoolController:
    # What is loaded is looked for once: to look takes milliseconds, to set a limit takes microseconds.
    return ThreadpoolController()
