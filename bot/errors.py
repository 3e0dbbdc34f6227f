"""What a feature raises when it says no."""


class AppError(Exception):
    """A refusal that the person is told in their language.

    `key` names a message in texts/, the other arguments fill it. The session is rolled back, the person
    gets the sentence, the process goes on. Where `keeps_writes` is set the session is committed instead:
    a wrong code has to be counted.
    """

    keeps_writes = False

    def __init__(self, key: str, **arguments: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.arguments = arguments


class NotFoundError(AppError):
    """There is no such thing, or it is not yours: both get the same answer, so that nobody can probe."""

    def __init__(self) -> None:
        super().__init__("error-not-found")
