"""`touchstone-rag score|gate|experiment|verify`: a verdict as an exit code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from .client import Touchstone, show_progress
from .errors import TouchstoneError
from .results import Experiment, Gate, Job
from .verify import Verification

PASS, FAIL, INCONCLUSIVE, COULD_NOT_ASK = 0, 1, 2, 3
EXIT_CODES = {"pass": PASS, "fail": FAIL, "inconclusive": INCONCLUSIVE}
SIGNS = {"pass": "✓", "fail": "✗", "inconclusive": "?"}
RULES = "METRIC>=NUMBER, METRIC<=NUMBER, 'METRIC>=base', 'METRIC>=base-0.05' or 'METRIC not worse than base'"
EXITS = "Exit code: 0 pass, 1 fail, 2 inconclusive, 3 it could not be asked; of verify 0 all holds, 1 not, 2 it could not be checked."


def main(words: Sequence[str] | None = None) -> int:
    parser = _parser()
    try:
        args = parser.parse_args(words)
    except SystemExit as stop:
        return PASS if stop.code in (None, 0) else COULD_NOT_ASK
    try:
        with Touchstone(args.url, args.key) as touchstone:
            return args.run(touchstone, args)
    except (TouchstoneError, OSError) as error:
        print(error, file=sys.stderr)
        return INCONCLUSIVE if args.run is _verify else COULD_NOT_ASK


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--url", help="else TOUCHSTONE_URL, else http://localhost:8787")
    common.add_argument("--key", help="else TOUCHSTONE_KEY")
    common.add_argument("--json", action="store_true", help="print what the server said")
    wait = argparse.ArgumentParser(add_help=False)
    wait.add_argument("--wait", type=_seconds, metavar="SECONDS", help="the longest it is waited for")
    compare = argparse.ArgumentParser(add_help=False)
    compare.add_argument("--base", metavar="RUN_ID", help="a run to compare with")
    language = argparse.ArgumentParser(add_help=False)
    language.add_argument("--language", choices=("zh", "en"))

    parser = argparse.ArgumentParser(prog="touchstone-rag", epilog=EXITS)
    commands = parser.add_subparsers(required=True, metavar="score|gate|experiment|verify")

    score = commands.add_parser(
        "score", parents=[common, wait, compare, language], epilog=EXITS, help="hand a file in and wait"
    )
    score.add_argument("file", help="JSON, JSON Lines, CSV or xlsx")
    score.add_argument("--name", help="name of the run")
    score.add_argument("--metrics", help="a,b")
    score.add_argument("--format", help="whose names the rows have, such as ragas")
    score.add_argument("--rule", action="append", default=[], help=RULES)
    score.set_defaults(run=_score)

    gate = commands.add_parser(
        "gate", parents=[common, wait, compare, language], epilog=EXITS, help="ask whether a run holds its rules"
    )
    which = gate.add_mutually_exclusive_group(required=True)
    which.add_argument("--run", dest="run_id")
    which.add_argument("--job", dest="job_id")
    gate.add_argument("--rule", action="append", required=True, help=RULES)
    gate.set_defaults(run=_gate)

    experiment = commands.add_parser(
        "experiment", parents=[common, wait, compare], epilog=EXITS, help="put a test set to connected apps"
    )
    experiment.add_argument("--set", required=True, dest="test_set", metavar="SET_ID")
    experiment.add_argument("--target", required=True, action="append", metavar="TARGET_ID")
    experiment.add_argument("--gate", action="append", default=[], help=RULES)
    experiment.add_argument("--name")
    experiment.add_argument("--repeat", type=int, metavar="N")
    experiment.add_argument("--confirm", type=int, metavar="ASKS", help="their number, where it is above 500")
    experiment.set_defaults(run=_experiment)

    verify = commands.add_parser("verify", parents=[common], epilog=EXITS, help="check the stored files of a run")
    verify.add_argument("run_id")
    verify.set_defaults(run=_verify)
    return parser


def _list(texts: Sequence[str]) -> list[str]:
    """What stands in several options, and in one by commas or lines."""
    parts = [part.strip() for text in texts for part in text.replace("\n", ",").split(",")]
    return [part for part in parts if part]


def _seconds(text: str) -> float:
    seconds = float(text)
    if not seconds >= 0:
        raise ValueError(text)
    return seconds


def _score(touchstone: Touchstone, args: argparse.Namespace) -> int:
    wishes = {name: getattr(args, name) for name in ("name", "format", "language") if getattr(args, name)}
    metrics = args.metrics.split(",") if args.metrics else None
    batch = touchstone.batch(args.file, metrics=metrics, **wishes)
    for warning in batch.warnings:
        print(f"! {warning}", file=sys.stderr)
    timeout = 600.0 if args.wait is None else args.wait
    job = touchstone.wait(batch, timeout=timeout)
    if job.bad_rows:
        print(f"! {job.bad_rows} rows could not be read: {job.report_url}", file=sys.stderr)
    if args.rule:
        return _print_gate(_ask(touchstone, job, args), args.json)
    _print_job(job, args.json)
    return FAIL if job.failed or job.bad_rows else PASS


def _gate(touchstone: Touchstone, args: argparse.Namespace) -> int:
    return _print_gate(_ask(touchstone, args.run_id or args.job_id, args), args.json)


def _ask(touchstone: Touchstone, run: Job | str, args: argparse.Namespace) -> Gate:
    timeout = 600.0 if args.wait is None else args.wait
    return touchstone.gate(run, _list(args.rule), base_run_id=args.base, language=args.language, timeout=timeout)


def _experiment(touchstone: Touchstone, args: argparse.Namespace) -> int:
    shows = show_progress if sys.stderr.isatty() else None
    experiment = touchstone.experiment(
        args.test_set,
        _list(args.target),
        rules=_list(args.gate),
        base_run_id=args.base,
        name=args.name,
        repeat=args.repeat,
        confirm_asks=args.confirm,
        timeout=1800.0 if args.wait is None else args.wait,
        progress=shows,
    )
    _print_experiment(experiment, args.json)
    if not experiment.has_ended:
        return INCONCLUSIVE
    if not args.gate:
        return PASS if all(run["run_id"] for run in experiment.runs) else COULD_NOT_ASK
    return EXIT_CODES[experiment.verdict]


def _verify(touchstone: Touchstone, args: argparse.Namespace) -> int:
    found = touchstone.verify(args.run_id)
    _print_verification(found, args.json)
    return PASS if found.holds else FAIL


def _print_job(job: Job, as_json: bool) -> None:
    if as_json:
        return _print_raw(job.raw)
    for metric, mean in job.scores.items():
        print(metric, "–" if mean is None else mean)
    print(job.report_url)


def _print_gate(gate: Gate, as_json: bool) -> int:
    if as_json:
        _print_raw(gate.raw)
    else:
        rules = gate.raw.get("rules") or []
        for rule in rules:
            print(SIGNS[rule["verdict"]], rule["reason"])
        # Behind the rules stands what their numbers leave out; without rules why there is no verdict.
        for reason in gate.reasons[len(rules) :]:
            print("!" if rules else SIGNS["inconclusive"], reason)
        print(f"{gate.verdict}: {gate.report_url}")
    return EXIT_CODES[gate.verdict]


def _print_experiment(experiment: Experiment, as_json: bool) -> None:
    if as_json:
        return _print_raw(experiment.raw)
    for run in experiment.runs:
        own = experiment.result_of(run["job_id"])
        progress = run["progress"]
        print(
            f"{run['label']}: {run['status']}, {progress['asked']} asked and {progress['judged']} scored of {progress['total']}"
        )
        for outcome, n in run["outcomes"].items():
            if outcome != "answered":
                print(f"  {n} {outcome.replace('_', ' ')}")
        for why in (run["stopped"], run["error"]):
            if why:
                print(f"  {why}")
        worse = [*own.get("worse", []), *own.get("worse_tags", [])]
        if worse:
            print(f"  worse: {', '.join(worse)}")
        if own.get("gate"):
            print(f"  gate: {own['gate']}")
    print(f"{experiment.status}: /experiments/{experiment.experiment_id}")


def _print_verification(found: Verification, as_json: bool) -> None:
    if as_json:
        return _print_raw({"run_id": found.run_id, "findings": found.findings, "samples": found.samples})
    for finding in found.findings:
        print(f"✗ {finding}")
    if found.holds:
        print(
            f"✓ {found.run_id}: all hashes are those of metadata.json, and its means those of the {found.samples} rows of scores.csv. "
            "`npx touchstone-rag verify` also computes every score again from the evidence."
        )


def _print_raw(raw: Any) -> None:
    print(json.dumps(raw, ensure_ascii=False, indent=2))
