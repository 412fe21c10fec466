from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from .errors import ScoringFailed, TouchstoneError
from .results import Experiment, Gate, Job
from .rows import body_of, json_of
from .transport import Transport
from .verify import FILES, Verification, verify_files

# The longest the server waits within one request.
LONGEST_WAIT_SECONDS = 30
FIRST_LOOK_SECONDS = 0.3
LOOK_EVERY_SECONDS = 5.0


class Touchstone:
    """A Touchstone server. Every request may be sent twice without doing anything twice.

    url, key: else TOUCHSTONE_URL and TOUCHSTONE_KEY, else http://localhost:8787 without a key.
    timeout: seconds for one request. retries: further tries after a busy server or a broken connection.
    """

    def __init__(
        self,
        url: str | None = None,
        key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 5,
    ) -> None:
        self._transport = Transport(url, key, timeout=timeout, retries=retries)

    def score(self, question: str, answer: str, *, timeout: float = 600.0, **fields: Any) -> Job:
        """Scores one answer and waits for it. fields: contexts, ground_truth, metrics … as the API takes them.

        Raises ScoringFailed when it has no scores, TouchstoneError when it was refused or the time is over.
        """
        wait = max(1, min(LONGEST_WAIT_SECONDS, int(timeout)))
        job = self._submit({"question": question, "answer": answer, **fields}, wait)
        return _with_scores(job) if job.has_ended else self.wait(job, timeout=timeout)

    def score_async(self, question: str, answer: str, **fields: Any) -> Job:
        """Hands one answer in; the job is stored when this returns. `wait` gives its scores."""
        return self._submit({"question": question, "answer": answer, **fields}, 0)

    def batch(
        self,
        rows: Any,
        *,
        name: str | None = None,
        metrics: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        **options: str,
    ) -> Job:
        """Hands a test set in: one job, one run.

        rows: mappings, a DataFrame, a data set of Hugging Face, or the path of a JSON, JSON Lines, CSV or xlsx file;
        rows of Ragas, DeepEval, Langfuse and others are recognised. options: judge, format, language … as the API
        takes them.
        """
        content, content_type = body_of(rows)
        query = {
            **options,
            **({"name": name} if name else {}),
            **({"metrics": ",".join(metrics)} if metrics else {}),
            **({"tags": json.dumps(tags)} if tags else {}),
        }
        headers = {"Content-Type": content_type, "Idempotency-Key": str(uuid.uuid4())}
        answer = self._transport.send(
            "POST", "/api/score/batch", params=query, headers=headers, content=content
        )
        return Job.of(answer.json())

    def job(self, job_id: str) -> Job:
        return Job.of(self._transport.send("GET", f"/api/score/jobs/{quote(job_id, safe='')}").json())

    def wait(
        self,
        job: Job | str,
        *,
        timeout: float = 600.0,
        progress: bool | Callable[[Job], None] | None = None,
    ) -> Job:
        """The job once it has ended. progress: True for a line on stderr, None for one where somebody watches.

        Raises ScoringFailed when it failed or was cancelled, TouchstoneError when the time is over; the job goes on.
        """
        show = _progress_of(progress)
        job_id = job if isinstance(job, str) else job.job_id
        deadline = time.monotonic() + timeout
        every = FIRST_LOOK_SECONDS
        while True:
            current = self.job(job_id)
            show(current)
            if current.has_ended:
                return _with_scores(current)
            if time.monotonic() + every > deadline:
                raise TouchstoneError(
                    f"{job_id} is still {current.status} after {timeout:g} s ({current.done} of {current.total}); "
                    f"it goes on: {current.report_url}"
                )
            time.sleep(every)
            every = min(LOOK_EVERY_SECONDS, every * 1.5)

    def gate(
        self,
        run: Job | str,
        rules: Mapping[str, str] | Sequence[str],
        *,
        base_run_id: str | None = None,
        language: str | None = None,
        timeout: float = 600.0,
    ) -> Gate:
        """Does a run hold its rules? A job that has not ended is waited for.

        run: a job, or the id of a job or a run. rules: {"faithfulness": ">= 0.8"}, or lines "faithfulness>=0.8".
        """
        run_id = run if isinstance(run, str) else run.job_id
        body = {
            ("job_id" if run_id.startswith("job_") else "run_id"): run_id,
            "rules": dict(rules) if isinstance(rules, Mapping) else "\n".join(rules),
            **({"base_run_id": base_run_id} if base_run_id else {}),
            **({"language": language} if language else {}),
        }
        deadline = time.monotonic() + timeout
        while True:
            left = deadline - time.monotonic()
            wait = max(1, min(LONGEST_WAIT_SECONDS, int(left)))
            answer = self._transport.send(
                "POST", "/api/gate", json=body, headers={"Prefer": f"wait={wait}"}
            )
            if answer.status_code != 202 or time.monotonic() >= deadline:
                return Gate.of(answer.json())

    def experiment(
        self,
        test_set_id: str,
        target_ids: Sequence[str],
        *,
        rules: Sequence[str] = (),
        base_run_id: str | None = None,
        name: str | None = None,
        repeat: int | None = None,
        confirm_asks: int | None = None,
        timeout: float = 1800.0,
        progress: Callable[[Experiment], None] | None = None,
    ) -> Experiment:
        """Puts a test set to connected apps and waits: every question is asked, the answers are scored and compared.

        base_run_id: the run it is compared with; else the one before. confirm_asks: of more than 500 questions their
        number. What has not ended when the time is over comes back as it is (`has_ended`).
        """
        body = {
            "test_set_id": test_set_id,
            "targets": [{"target_id": one} for one in target_ids],
            "rules": list(rules),
            "base_run_id": base_run_id,
            **({"name": name} if name else {}),
            **({"repeat": repeat} if repeat else {}),
            **({"confirm_asks": confirm_asks} if confirm_asks else {}),
        }
        deadline = time.monotonic() + timeout
        # Asking twice costs the app's owner twice.
        started = self._transport.send("POST", "/api/experiments", json=body, repeatable=False).json()
        path = f"/api/experiments/{quote(started['experiment_id'], safe='')}"
        every = FIRST_LOOK_SECONDS
        while True:
            experiment = Experiment.of(self._transport.send("GET", path).json())
            if progress:
                progress(experiment)
            if experiment.has_ended or time.monotonic() + every > deadline:
                return experiment
            time.sleep(every)
            every = min(LOOK_EVERY_SECONDS, every * 1.5)

    def verify(self, run_id: str) -> Verification:
        """Checks the stored files of a run: their hashes, and the means from the rows."""
        path = f"/api/runs/{quote(run_id, safe='')}"
        report = self._transport.send("GET", path).json()
        files = {name: self._transport.send("GET", f"{path}/artifacts/{name}").content for name in FILES}
        return verify_files(run_id, files, report)

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Touchstone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _submit(self, sample: Mapping[str, Any], wait: int) -> Job:
        # The same key at every try: the server gives the same job, and scores once.
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if wait > 0:
            headers["Prefer"] = f"wait={wait}"
        content = json_of(sample)
        answer = self._transport.send("POST", "/api/score/async", content=content, headers=headers)
        return Job.of(answer.json())


def _with_scores(job: Job) -> Job:
    if job.status == "completed":
        return job
    error = job.raw.get("error") or {}
    reason = error.get("message") or f"it was {job.status}"
    raise ScoringFailed(f"{job.job_id} has no scores: {reason}", code=error.get("code"))


def _progress_of(wish: bool | Callable[[Job], None] | None) -> Callable[[Job], None]:
    if callable(wish):
        return wish
    is_shown = sys.stderr.isatty() if wish is None else wish
    return show_progress if is_shown else lambda _: None


def show_progress(work: Job | Experiment) -> None:
    """A bar on stderr that is written over."""
    judged = work.done + work.failed
    width = 24
    filled = width * judged // work.total if work.total else 0
    bar = "█" * filled + "·" * (width - filled)
    failed = f", {work.failed} failed" if work.failed else ""
    end = "\n" if work.has_ended else ""
    print(f"\r{bar} {judged}/{work.total}{failed} ", end=end, file=sys.stderr, flush=True)
