from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

JobStatus = Literal["queued", "running", "completed", "failed", "cancelled"]
Verdict = Literal["pass", "fail", "inconclusive"]


@dataclass(frozen=True)
class Job:
    """A job as the server tells of it. `job["faithfulness"]` is its score, of a batch the mean; None: there is none.

    raw: all that the server said, also what has no name here.
    """

    job_id: str
    status: JobStatus
    report_url: str
    raw: Mapping[str, Any]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Job:
        return cls(raw["job_id"], raw["status"], raw["report_url"], raw)

    @property
    def run_id(self) -> str | None:
        return self.raw.get("run_id")

    @property
    def scores(self) -> Mapping[str, float | None]:
        """By metric, 0..1; empty while the job runs."""
        return self.raw.get("scores") or {}

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """By metric: scored, not applicable or failed, and why."""
        return self.raw.get("outcomes") or {}

    @property
    def cause(self) -> str | None:
        """Why its one sample is weak."""
        return self.raw.get("cause")

    @property
    def done(self) -> int:
        return self._progress("done")

    @property
    def failed(self) -> int:
        return self._progress("failed")

    @property
    def total(self) -> int:
        return self._progress("total")

    @property
    def bad_rows(self) -> int:
        """Rows of an upload that could not be read; they are no samples."""
        return int(self.raw.get("bad_rows") or 0)

    @property
    def warnings(self) -> list[str]:
        return [f"{one['message']} {one['fix']}".strip() for one in self.raw.get("warnings") or []]

    @property
    def has_ended(self) -> bool:
        return self.status not in ("queued", "running")

    def __getitem__(self, metric: str) -> float | None:
        return self.scores[metric]

    def __iter__(self) -> Iterator[str]:
        return iter(self.scores)

    def _progress(self, name: str) -> int:
        return int((self.raw.get("progress") or {}).get(name, 0))


@dataclass(frozen=True)
class Gate:
    """A verdict on a run. reasons: a sentence a rule, then what the numbers leave out."""

    verdict: Verdict
    reasons: list[str]
    report_url: str
    raw: Mapping[str, Any]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Gate:
        return cls(raw["verdict"], list(raw["reasons"]), raw["report_url"], raw)

    @property
    def passed(self) -> bool:
        return self.verdict == "pass"

    def __str__(self) -> str:
        return "\n".join([self.verdict, *self.reasons, self.report_url])


@dataclass(frozen=True)
class Experiment:
    """A test set put to apps. runs: one an app and repetition; `run["run_id"]` is its report."""

    experiment_id: str
    status: Literal["running", "ended"]
    runs: list[Mapping[str, Any]]
    raw: Mapping[str, Any]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Experiment:
        return cls(raw["experiment_id"], raw["status"], list(raw["runs"]), raw)

    @property
    def has_ended(self) -> bool:
        """Its result is written a moment after the last run has ended."""
        return self.status == "ended" and self.raw.get("result") is not None

    @property
    def verdict(self) -> Verdict:
        """The worst gate of its runs; inconclusive without one."""
        gates = {one.get("gate") for one in (self.raw.get("result") or {}).get("runs") or []}
        if "fail" in gates:
            return "fail"
        return "pass" if gates == {"pass"} else "inconclusive"

    @property
    def passed(self) -> bool:
        return self.verdict == "pass"

    @property
    def done(self) -> int:
        return sum(int(run["progress"]["judged"]) for run in self.runs)

    failed = 0

    @property
    def total(self) -> int:
        return sum(int(run["progress"]["total"]) for run in self.runs)

    def result_of(self, job_id: str) -> Mapping[str, Any]:
        """What came of one run: `gate`, `worse`, `worse_tags`; empty while there is nothing."""
        results = (self.raw.get("result") or {}).get("runs") or []
        return next((one for one in results if one["job_id"] == job_id), {})
