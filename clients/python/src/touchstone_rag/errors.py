from __future__ import annotations

import httpx


class TouchstoneError(Exception):
    """The server refused, or could not be asked; the message says what to do.

    status: HTTP status, None when there was no answer. code: the problem's code, such as "invalid_request".
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.request_id = request_id


class ScoringFailed(TouchstoneError):
    """A job ended without scores."""


def refusal_of(answer: httpx.Response) -> TouchstoneError:
    """The refusal in an answer, in the server's words."""
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {}
    detail = problem.get("detail") or problem.get("title") or answer.reason_phrase
    return TouchstoneError(
        f"{answer.status_code}: {detail}",
        status=answer.status_code,
        code=problem.get("code"),
        request_id=problem.get("request_id"),
    )
