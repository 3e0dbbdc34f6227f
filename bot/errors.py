"""What is raised on purpose: by a feature that says no, by a bot that cannot start."""


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


class StartError(Exception):
    """The bot cannot start for a reason that its operator can mend."""


def where(error: BaseException) -> str:
    """The type of an error and the places of ours that it went through, without its message.

    For logs: messages, of the database above all, quote what people wrote.
    """
    places = []
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        folder, _, name = code.co_filename.rpartition("/bot/")
        if folder and "/site-packages/" not in name:
            places.append(f"{name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' < '.join(reversed(places))}"
