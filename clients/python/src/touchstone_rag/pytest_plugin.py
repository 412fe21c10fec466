"""`def test_leave(touchstone_score): touchstone_score(question=…, answer=…, contexts=…, faithfulness=">= 0.8")`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .client import Touchstone
from .results import Job


@pytest.fixture(scope="session")
def touchstone() -> Iterator[Touchstone]:
    """The server of TOUCHSTONE_URL and TOUCHSTONE_KEY."""
    with Touchstone() as server:
        yield server


@pytest.fixture
def touchstone_score(touchstone: Touchstone) -> Callable[..., Job]:
    """Scores a sample and fails the test where a rule does not hold, or cannot be told to hold.

    Rules are keyword arguments by metric (`faithfulness=">= 0.8"`); everything else is a field of the sample.
    """

    def score(question: str, answer: str, **fields: Any) -> Job:
        __tracebackhide__ = True
        rules = {name: rule for name, rule in fields.items() if _is_rule(rule)}
        sample = {name: value for name, value in fields.items() if name not in rules}
        if not rules:
            raise TypeError('touchstone_score needs a rule, such as faithfulness=">= 0.8"')
        job = touchstone.score(question, answer, **{"metrics": list(rules), **sample})
        gate = touchstone.gate(job, rules)
        if not gate.passed:
            pytest.fail(str(gate), pytrace=False)
        return job

    return score


def _is_rule(value: Any) -> bool:
    return isinstance(value, str) and value.lstrip().startswith((">=", "<=", "not worse"))
