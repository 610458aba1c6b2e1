"""One family of errors; each leaf means one thing that a caller can do.

Messages are written for the operator and never quote what a user wrote.
"""


class CopbotError(Exception):
    """Base of every error that copbot raises on purpose."""

    code = "error"


class ContentInvalid(CopbotError):
    """Content files can't be used; `findings` say file, line, what, how to mend."""

    code = "content_invalid"

    def __init__(self, findings: tuple[object, ...]) -> None:
        super().__init__(f"{len(findings)} mistakes in the content")
        self.findings = findings


class SettingsInvalid(CopbotError):
    """An environment variable has a value that can't be used."""

    code = "settings_invalid"


class CoreUnavailable(CopbotError):
    """The dialogue core did not answer: loading, stopped, dead or too slow."""

    code = "core_unavailable"


class CoreRefused(CopbotError):
    """The dialogue core answered that the request itself was wrong."""

    code = "core_refused"


class TrainingFailed(CopbotError):
    """Training ended without a model that can be loaded."""

    code = "training_failed"


class RequestInvalid(CopbotError):
    """A request can't be read; the sender has to change it."""

    code = "invalid"


class RequestTooLarge(CopbotError):
    """A request body is larger than the channel accepts."""

    code = "too_large"


class TooManyRequests(CopbotError):
    """The sender has used up the share of turns for this moment."""

    code = "too_many"


class StoreUnavailable(CopbotError):
    """The database can't be read or written at the moment."""

    code = "store_unavailable"
