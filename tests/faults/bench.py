"""What a test is given: the programs, its size, its own randomness; and how its cases are counted."""
import concurrent.futures
import dataclasses
import os
import queue
import random

from harness import Failed, Fixture


class Skipped(Exception):
    """The machine cannot do this; says why."""


@dataclasses.dataclass
class Bench:
    programs: object
    work: str
    full: bool
    seed: int
    lanes: int
    cases: int = 0
    failures: list = dataclasses.field(default_factory=list)
    numbers: dict = dataclasses.field(default_factory=dict)
    skipped: list = dataclasses.field(default_factory=list)

    def __post_init__(self):
        self.random = random.Random(self.seed)

    def size(self, small, full):
        return full if self.full else small

    def fixture(self, documents=None, edits="few"):
        work = os.path.join(self.work, edits)
        os.makedirs(work, exist_ok=True)
        return Fixture(self.programs, work, documents or self.size(40, 300), self.seed, edits)

    def count(self, what, by=1):
        self.numbers[what] = self.numbers.get(what, 0) + by

    def case(self, name, work, *arguments):
        self.cases += 1
        try:
            work(*arguments)
        except Failed as failure:
            self.failures.append(f"{name}: {failure}")
        except Skipped as reason:
            self.cases -= 1
            self.skipped.append(f"{name}: {reason}")
        except Exception as error:  # noqa: BLE001  whatever it is, the other cases go on
            self.failures.append(f"{name}: {type(error).__name__}: {error}")

    def case_result(self, name, work, *arguments):
        """As case(); what the work returned."""
        result = []
        self.case(name, lambda: result.append(work(*arguments)))
        return result[0] if result else None

    def each(self, cases, work):
        """work(lane folder, case) for each, several at a time; a case's str() names it."""
        lanes = queue.SimpleQueue()
        for number in range(self.lanes):
            folder = os.path.join(self.work, f"lane{number}")
            os.makedirs(folder, exist_ok=True)
            lanes.put(folder)

        def one(case):
            folder = lanes.get()
            try:
                self.case(str(case), work, folder, case)
            finally:
                lanes.put(folder)

        with concurrent.futures.ThreadPoolExecutor(self.lanes) as pool:
            list(pool.map(one, cases))
