"""One question that several clients ask at the same time is computed once, and they all have the answer.

While an answer is not known yet, a popular question would otherwise be asked of every worker at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """The questions that are being asked now. `own` are the errors that say nothing of the question."""

    def __init__(self, own: tuple[type[Exception], ...] = ()) -> None:
        self._own = own
        self._asked: dict[Hashable, asyncio.Future[T]] = {}

    def __len__(self) -> int:
        return len(self._asked)

    async def ask(self, question: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer to a question, or the error: that of whoever asks it already, or what `ask` gives. When the one
        who asks leaves, or is refused for its own sake, the others ask anew, again one of them for all.
        """
        while (asked := self._asked.get(question)) is not None:
            await asyncio.wait([asked])
            if not asked.cancelled():
                return asked.result()
        mine: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asked[question] = mine
        try:
            answer = await ask()
            mine.set_result(answer)
            return answer
        except Exception as error:
            if not isinstance(error, self._own):
                mine.set_exception(error)
                # Nobody may be waiting for it.
                mine.exception()
            raise
        finally:
            # The waiting ones come after this, and find the question free.
            del self._asked[question]
            mine.cancel()
