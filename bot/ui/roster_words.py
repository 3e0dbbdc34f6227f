"""How an import is worded, for the chat and the command line alike: apart from the screens, so that the
command line does without aiogram."""

from collections.abc import Iterable, Sequence

from bot.features.roster.importing import Plan
from bot.features.roster.reading import Problem
from bot.texts import Html, Texts

NAMES_MAX = 20


def problem(t: Texts, problem: Problem) -> Html:
    """One mistake: the row, the heading of the column, what is wrong."""
    what = t(problem.key, **dict(problem.arguments))
    if problem.row is None:
        return what
    if problem.column is None:
        return t("table-problem-row", row=problem.row, what=what)
    return t("table-problem", row=problem.row, column=problem.column, what=what)


def plan(t: Texts, plan: Plan, classes: Sequence[str]) -> list[Html]:
    """What an import would change, a line each; `classes` are the new classes of those who move, in order."""
    lines = []
    if plan.new_classes:
        lines.append(t("roster-plan-classes", names=_names(t, plan.new_classes)))
    if plan.new_pupils:
        lines.append(t("roster-plan-pupils", count=len(plan.new_pupils)))
    if plan.new_guardians:
        lines.append(t("roster-plan-guardians", count=len(plan.new_guardians)))
    if plan.moved:
        moves = [
            t("roster-plan-move", name=f"{row.surname} {row.first_name}", before=before, after=after)
            for (_, row, before), after in zip(plan.moved, classes, strict=True)
        ]
        lines.append(t("roster-plan-moved", names=_names(t, moves)))
    if plan.completed:
        lines.append(t("roster-plan-completed", count=len(plan.completed)))
    if plan.is_empty:
        lines.append(t("roster-plan-empty"))
    elif plan.unchanged:
        lines.append(t("roster-plan-unchanged", count=plan.unchanged))
    if plan.absent:
        lines.append(t("roster-plan-absent", names=_names(t, plan.absent)))
    return lines


def _names(t: Texts, names: Sequence[str]) -> Html:
    shown: Iterable[str] = (
        name if isinstance(name, Html) else t("roster-pupil", name=name) for name in names
    )
    line = ", ".join(list(shown)[:NAMES_MAX])
    more = len(names) - NAMES_MAX
    return Html(f"{line} {t('roster-more', count=more)}" if more > 0 else line)
