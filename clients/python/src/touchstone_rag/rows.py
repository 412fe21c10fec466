from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TYPES = {
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def body_of(rows: Any) -> tuple[bytes, str]:
    """The bytes of a test set and their content type. rows: a DataFrame, a path, or mappings; a file is sent as it is."""
    if isinstance(rows, (str, Path)):
        path = Path(rows)
        return path.read_bytes(), TYPES.get(path.suffix.lower(), "application/octet-stream")
    return b"\n".join(json_of(row) for row in _mappings(rows)), TYPES[".jsonl"]


def json_of(value: Any) -> bytes:
    """JSON in UTF-8; half of a pair of surrogates, which UTF-8 cannot say, becomes a question mark."""
    text = json.dumps(_plain(value), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace")


def _mappings(rows: Any) -> Iterable[Mapping[str, Any]]:
    # A DataFrame of pandas, then one of polars.
    if hasattr(rows, "to_dict") and hasattr(rows, "columns"):
        return rows.to_dict(orient="records")
    if hasattr(rows, "to_dicts"):
        return rows.to_dicts()
    return rows


def _plain(value: Any) -> Any:
    """As JSON takes it: arrays become lists; an empty cell of a table, which pandas fills with NaN, becomes null."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, Iterable):
        return [_plain(one) for one in value]
    # pandas' NA and NaT are not equal to themselves; anything else is written as text.
    return None if value != value else str(value)
