"""How an import of marks is worded, for the chat and the command line alike: apart from the screens, so that
the command line does without aiogram."""

from bot.features.risk.marks.importing import Change, Plan
from bot.texts import Html, Texts

SHOWN_MAX = 20
# Marks are kept in hundredths.
SCALE = 100


def plan(t: Texts, plan: Plan) -> list[Html]:
    """What an import of marks would change, a line each."""
    lines = []
    if plan.new:
        lines.append(t("marks-plan-new", count=len(plan.new)))
    if plan.corrected:
        lines.append(t("marks-plan-corrected", count=len(plan.corrected)))
        lines += [_correction(t, change) for change in plan.corrected[:SHOWN_MAX]]
        if len(plan.corrected) > SHOWN_MAX:
            lines.append(t("roster-more", count=len(plan.corrected) - SHOWN_MAX))
    if plan.is_empty:
        lines.append(t("marks-plan-empty"))
    elif plan.unchanged:
        lines.append(t("marks-plan-unchanged", count=plan.unchanged))
    return lines


def _correction(t: Texts, change: Change) -> Html:
    row, before = change.row, change.corrects
    return t(
        "marks-plan-correction",
        name=f"{row.surname} {row.first_name}",
        subject=change.subject,
        day=t.day(row.on_date),
        before=_pair(t, before.current, before.external) if before else "",
        after=_pair(t, change.current, change.external),
    )


def _pair(t: Texts, current: int | None, external: int | None) -> Html:
    both = {"current": current, "external": external}
    known = [t(f"marks-pair-{kind}", mark=mark / SCALE) for kind, mark in both.items() if mark is not None]
    return Html(", ".join(known))
