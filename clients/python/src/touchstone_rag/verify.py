from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FILES = ("metadata.json", "scores.csv", "summary.md", "optimization_advice.md", "evidence.jsonl")
# Values in the files have fewer digits than a sum of them may differ by.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Verification:
    """What the stored files of a run prove. findings: what does not hold, a sentence each; none: all holds."""

    run_id: str
    findings: list[str]
    samples: int

    @property
    def holds(self) -> bool:
        return not self.findings


def verify_files(run_id: str, files: Mapping[str, bytes], report: Mapping[str, Any]) -> Verification:
    """Hashes of all files, and the means of the report and of metadata.json from the rows of scores.csv."""
    try:
        metadata = json.loads(files["metadata.json"])
        run, hashes = metadata["run"], metadata["hashes"]
    except (ValueError, KeyError, TypeError):
        return Verification(run_id, ["metadata.json: cannot be read as the metadata of a run"], 0)
    findings = [
        f"{name}: its SHA-256 is not that of metadata.json"
        for name in FILES[1:]
        if hashes.get(name) != f"sha256:{hashlib.sha256(files[name]).hexdigest()}"
    ]
    if report.get("run") != run:
        findings.append("metadata.json: it does not follow from the report in the database")
    rows = list(csv.DictReader(io.StringIO(files["scores.csv"].decode("utf-8-sig"), newline="")))
    for metric, mean in run["metric_means"].items():
        found = _mean([row.get(metric) or "" for row in rows])
        if (found is None) != (mean is None) or (found is not None and abs(found - mean) > TOLERANCE):
            findings.append(f"metadata.json: {metric} is {found} from scores.csv")
    return Verification(run_id, findings, len(rows))


def _mean(cells: list[str]) -> float | None:
    try:
        values = [float(cell) for cell in cells if cell]
    except ValueError:
        return None
    return sum(values) / len(values) if values else None
