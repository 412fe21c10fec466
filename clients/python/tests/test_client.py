"""Runs the installed package against a real server at TOUCHSTONE_URL."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from touchstone_rag import ScoringFailed, Touchstone, TouchstoneError
from touchstone_rag.rows import body_of
from touchstone_rag.verify import FILES, verify_files

pytest_plugins = ["pytester"]

LEAVE = {
    "question": "入职满一年有几天年假？",
    # Copied: the built-in judge is sure of it, and a gate needs that.
    "answer": "员工入职满一年后，每年享有10天带薪年假。",
    "contexts": ["员工入职满一年后，每年享有10天带薪年假。"],
}
EXPERIMENT = {
    "experiment_id": "exp_1",
    "status": "ended",
    "runs": [{"label": "客服", "job_id": "job_1", "run_id": "run_1", "progress": {"asked": 2, "judged": 2, "total": 2}}],
    "result": {"runs": [{"job_id": "job_1", "gate": "fail", "worse": ["faithfulness"], "worse_tags": []}]},
}
WRONG = {**LEAVE, "answer": "员工入职满一年后，每年享有15天带薪年假。"}


def test_score_in_one_call_and_in_two(touchstone: Touchstone) -> None:
    score = touchstone.score(**LEAVE)
    assert score.status == "completed"
    assert score["faithfulness"] > 0.5 and score.run_id in score.report_url + score.run_id
    job = touchstone.score_async(**WRONG)
    assert touchstone.wait(job)["faithfulness"] < 0.5


def test_batch_and_gate(touchstone: Touchstone, tmp_path) -> None:
    seen = []
    batch = touchstone.batch([LEAVE, WRONG, {"question": "?"}], name="client", tags={"app": "客服"})
    batch = touchstone.wait(batch, progress=seen.append)
    assert (batch.total, batch.raw["name"], batch.raw["tags"]) == (3, "client", {"app": "客服"})
    assert seen[-1].has_ended
    gate = touchstone.gate(batch, {"faithfulness": ">= 0.9"}, language="zh")
    assert gate.verdict in ("fail", "inconclusive") and gate.reasons
    assert not gate.passed
    by_run = touchstone.gate(batch.run_id, ["faithfulness>=0"])
    assert by_run.raw["run_id"] == batch.run_id

    file = tmp_path / "rows.csv"
    file.write_text("question,answer,contexts\nWhat is tea?,Tea is a drink.,Tea is a drink.\n", encoding="utf-8")
    assert touchstone.wait(touchstone.batch(file)).total == 1


def test_refusals_speak_as_the_server_does(touchstone: Touchstone) -> None:
    with pytest.raises(TouchstoneError, match="job_nothing") as refusal:
        touchstone.job("job_nothing")
    assert (refusal.value.status, refusal.value.code) == (404, "not_found")
    with pytest.raises(TouchstoneError, match="There is no metric"):
        touchstone.gate(touchstone.score(**LEAVE), {"nothing": ">= 1"})
    with pytest.raises(TouchstoneError, match="cannot be reached"):
        Touchstone("http://127.0.0.1:9", retries=0).job("job_1")


def test_rows_of_every_kind_become_json() -> None:
    class Cells(list):
        def tolist(self) -> list:
            return list(self)

    class Frame:
        columns = ["question"]

        def to_dict(self, orient: str) -> list:
            assert orient == "records"
            return [{"question": "茶？", "ground_truth": float("nan"), "contexts": Cells(["a", "b"])}]

    body, kind = body_of(Frame())
    assert json.loads(body) == {"question": "茶？", "ground_truth": None, "contexts": ["a", "b"]}
    assert kind == "application/x-ndjson"
    assert body_of([{"question": "\ud83d"}])[0] == b'{"question": "?"}'


def test_data_frames_of_pandas(touchstone: Touchstone) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([{**LEAVE, "ground_truth": None}, {**WRONG, "ground_truth": "10天"}])
    batch = touchstone.wait(touchstone.batch(frame))
    assert (batch.total, batch.failed, batch.bad_rows) == (2, 0, 0)


def command(*words: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "touchstone_rag", *words]
    return subprocess.run(run, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"})


def test_the_command_gives_verdicts_as_exit_codes(touchstone: Touchstone, tmp_path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in (LEAVE, WRONG)), encoding="utf-8")
    scored = command("score", str(file), "--name", "命令", "--json")
    assert scored.returncode == 0, scored.stderr
    run_id = json.loads(scored.stdout)["run_id"]
    passed = command("gate", "--run", run_id, "--rule", "faithfulness>=0")
    assert passed.returncode == 0 and "pass: http" in passed.stdout
    failed = command("score", str(file), "--rule", "faithfulness>=0.99")
    assert failed.returncode in (1, 2) and "faithfulness" in failed.stdout
    assert command("gate", "--run", run_id).returncode == 3
    assert command("gate", "--run", "run_none", "--rule", "faithfulness>=0").returncode == 3
    lost = command("experiment", "--set", "set_none", "--target", "tgt_none")
    assert lost.returncode == 3 and "404" in lost.stderr
    verified = command("verify", run_id)
    assert verified.returncode == 0 and "2 rows" in verified.stdout
    assert command("verify", "run_none").returncode == 2


def test_a_changed_file_is_found(touchstone: Touchstone) -> None:
    batch = touchstone.wait(touchstone.batch([LEAVE, WRONG, {**LEAVE, "contexts": None}]))
    assert touchstone.verify(batch.run_id).findings == []
    path = f"/api/runs/{batch.run_id}"
    report = touchstone._transport.send("GET", path).json()
    files = {name: touchstone._transport.send("GET", f"{path}/artifacts/{name}").content for name in FILES}
    scores = files["scores.csv"]
    changed = re.sub(rb",(0\.\d+),", rb",0.123,", scores, count=1)
    assert changed != scores
    findings = verify_files(batch.run_id, {**files, "scores.csv": changed}, report).findings
    assert [finding.split(":")[0] for finding in findings] == ["scores.csv", "metadata.json"]
    other = {**report, "run": {**report["run"], "name": "其他"}}
    assert len(verify_files(batch.run_id, files, other).findings) == 1
    assert verify_files(batch.run_id, {**files, "metadata.json": b"{}"}, report).holds is False


def test_an_experiment_is_started_once_and_waited_for(busy) -> None:
    url, seen = busy
    told: list[int] = []
    experiment = Touchstone(url).experiment(
        "set_1", ["tgt_1"], rules=["faithfulness>=0.8"], progress=lambda one: told.append(one.done)
    )
    assert (experiment.verdict, experiment.has_ended, experiment.total) == ("fail", True, 2)
    assert experiment.result_of("job_1")["worse"] == ["faithfulness"]
    assert told[-1] == 2 and len(seen) == 3


@pytest.fixture
def busy() -> Iterator[tuple[str, list]]:
    """A server that turns the first two tries away."""
    seen: list = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(self.headers["Idempotency-Key"])
            status = (503, 429, 200)[min(len(seen), 3) - 1]
            job = {"job_id": "job_1", "status": "completed", "report_url": "", "scores": {"faithfulness": 1}}
            if self.path == "/api/experiments":
                job = {"experiment_id": "exp_1"}
            body = json.dumps(job if status == 200 else {"detail": "busy"}).encode()
            self.send_response(status)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            status = "running" if self.path.endswith("job_slow") else "failed"
            error = {"code": "judge_refused", "message": "The model refused."}
            job = {"job_id": "job_1", "status": status, "report_url": "http://x/jobs/1", "error": error}
            if self.path.startswith("/api/experiments/"):
                job = EXPERIMENT
            body = json.dumps(job).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()


def test_a_busy_server_is_asked_again_with_the_same_key(busy) -> None:
    url, seen = busy
    assert Touchstone(url).score(**LEAVE)["faithfulness"] == 1
    assert len(seen) == 3 and len(set(seen)) == 1
    with pytest.raises(TouchstoneError, match="503: busy"):
        seen.clear()
        Touchstone(url, retries=0).score(**LEAVE)


def test_a_job_that_takes_too_long_or_has_no_scores_is_an_error(busy) -> None:
    touchstone = Touchstone(busy[0])
    with pytest.raises(TouchstoneError, match="job_slow is still running after 0 s .*http://x/jobs/1"):
        touchstone.wait("job_slow", timeout=0)
    with pytest.raises(ScoringFailed, match="The model refused") as failure:
        touchstone.wait("job_failed")
    assert failure.value.code == "judge_refused"


def test_the_pytest_fixture_passes_and_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        def test_right(touchstone_score):
            touchstone_score(**{LEAVE!r}, faithfulness=">= 0.5")

        def test_wrong(touchstone_score):
            touchstone_score(**{WRONG!r}, faithfulness=">= 0.9")
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*faithfulness is *", "*/runs/run_*"])
