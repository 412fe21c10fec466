from __future__ import annotations

import os
import random
import time
from typing import Any

import httpx

from .errors import TouchstoneError, refusal_of

DEFAULT_URL = "http://localhost:8787"
# Answers after which the same request may be sent again: too many, or nobody there for a moment.
BUSY = frozenset({429, 502, 503, 504})
# Those of them that say nothing was done.
TURNED_AWAY = frozenset({429, 503})
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0


class Transport:
    """Sends requests; repeats what a busy server or a broken connection turned away."""

    def __init__(self, url: str | None, key: str | None, *, timeout: float, retries: int) -> None:
        self.origin = (url or os.environ.get("TOUCHSTONE_URL") or DEFAULT_URL).rstrip("/")
        key = key or os.environ.get("TOUCHSTONE_KEY")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._retries = retries
        self._http = httpx.Client(base_url=self.origin, headers=headers, timeout=timeout)

    def send(self, method: str, path: str, *, repeatable: bool = True, **call: Any) -> httpx.Response:
        """Raises TouchstoneError when the server refuses, or is still busy or away after all tries.

        repeatable: False sends it again only where the server says that it did nothing.
        """
        busy = BUSY if repeatable else TURNED_AWAY
        tries = 0
        while True:
            try:
                answer = self._http.request(method, path, **call)
            except httpx.TransportError as error:
                if not repeatable or tries >= self._retries:
                    raise TouchstoneError(f"{self.origin} cannot be reached: {error}") from error
                wait = None
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in busy or tries >= self._retries:
                    raise refusal_of(answer)
                wait = _seconds_of(answer.headers.get("retry-after"))
            time.sleep(min(wait or _backoff(tries), LONGEST_WAIT_SECONDS))
            tries += 1

    def close(self) -> None:
        self._http.close()


def _backoff(tries: int) -> float:
    return FIRST_WAIT_SECONDS * 2**tries * random.uniform(0.5, 1)


def _seconds_of(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None
