"""The ways in which a request is refused."""

from __future__ import annotations


class ApiError(Exception):
    """Telegram's no: an error code, its description, and sometimes parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, object]:
        """The body that Telegram sends."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


class DrivingError(Exception):
    """The sandbox's own no, to whoever drives it."""

    def __init__(self, code: int, error: str) -> None:
        super().__init__(error)
        self.code = code
        self.error = error


def bad_request(description: str) -> ApiError:
    """Telegram's 400."""
    return ApiError(400, f"Bad Request: {description}")


def forbidden(description: str) -> ApiError:
    """Telegram's 403."""
    return ApiError(403, f"Forbidden: {description}")


def not_played(description: str) -> ApiError:
    """A 400 of our own: Telegram may know it, the sandbox does not."""
    return ApiError(400, f"Bad Request: the sandbox {description}")
