"""Activities: /tasks for whoever is responsible, /activities for the director."""

from aiogram.fsm.state import State, StatesGroup


class ActivitySteps(StatesGroup):
    """What is being typed: by whoever is responsible, and what the director says to it."""

    report = State()
    day = State()
    reason = State()
    refusal = State()
    comment = State()
    no_date = State()
