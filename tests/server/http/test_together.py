"""A question that is asked many times at once is asked once, also when who asked first has left."""

from __future__ import annotations

import asyncio

from server.http.together import Together


class Oracle:
    """Answers when it is let, and counts."""

    def __init__(self, faults: int = 0, fault: type[Exception] = ValueError) -> None:
        self.fault = fault
        self.together: Together[str] = Together((LookupError,))
        self.asked = 0
        self.faults = faults
        self.free = asyncio.Event()

    async def answer(self) -> str:
        self.asked += 1
        number = self.asked
        await self.free.wait()
        await settled()
        if number <= self.faults:
            raise self.fault(number)
        return f"answer {number}"

    def ask(self, question: str = "who") -> asyncio.Task[str]:
        return asyncio.create_task(self.together.ask(question, self.answer))


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_all_who_ask_at_once_have_the_one_answer() -> None:
    async def run() -> None:
        oracle = Oracle()
        asking = [oracle.ask() for _ in range(5)]
        await settled()
        oracle.free.set()
        assert await asyncio.gather(*asking) == ["answer 1"] * 5
        assert (oracle.asked, len(oracle.together)) == (1, 0)

    asyncio.run(run())


def test_other_questions_and_later_ones_are_asked() -> None:
    async def run() -> None:
        oracle = Oracle()
        oracle.free.set()
        assert await asyncio.gather(oracle.ask("who"), oracle.ask("where")) == ["answer 1", "answer 2"]
        assert await oracle.ask("who") == "answer 3"

    asyncio.run(run())


def test_an_error_is_that_of_all_who_asked_at_once_and_of_nobody_later() -> None:
    async def run() -> None:
        oracle = Oracle(faults=1)
        asking = [oracle.ask() for _ in range(4)]
        await settled()
        oracle.free.set()
        found = await asyncio.gather(*asking, return_exceptions=True)
        assert [type(each) for each in found] == [ValueError] * 4
        assert await oracle.ask() == "answer 2"
        assert (oracle.asked, len(oracle.together)) == (2, 0)

    asyncio.run(run())


def test_a_refusal_that_is_meant_for_the_one_who_asked_is_not_that_of_the_others() -> None:
    async def run() -> None:
        oracle = Oracle(faults=1, fault=LookupError)
        asking = [oracle.ask() for _ in range(4)]
        await settled()
        oracle.free.set()
        found = await asyncio.gather(*asking, return_exceptions=True)
        assert [str(each) for each in found] == ["1", *["answer 2"] * 3]

    asyncio.run(run())


def test_when_the_one_who_asked_leaves_another_asks_for_the_rest() -> None:
    async def run() -> None:
        oracle = Oracle()
        first, *others = [oracle.ask() for _ in range(4)]
        await settled()
        first.cancel()
        await settled()
        oracle.free.set()
        assert await asyncio.gather(*others) == ["answer 2"] * 3
        assert first.cancelled()

    asyncio.run(run())


def test_one_who_waits_may_leave_and_nobody_notices() -> None:
    async def run() -> None:
        oracle = Oracle()
        first, leaving, staying = [oracle.ask() for _ in range(3)]
        await settled()
        leaving.cancel()
        await settled()
        oracle.free.set()
        assert await asyncio.gather(first, staying) == ["answer 1"] * 2
        assert oracle.asked == 1

    asyncio.run(run())
