"""The error that Rasa can't swallow."""


class TurnFailed(BaseException):
    """A turn can't be answered.

    Rasa logs and forgets every `Exception` inside a turn and answers with silence;
    a `BaseException` passes its `except Exception`, so the turn ends here and the
    channel answers 500.
    """
