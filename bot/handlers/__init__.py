"""The ordered list of routers: commands first, the fallback last."""

from bot.handlers import audit, declarations, documents, findings, indicators, outbox, pupils, roster, surveys
from bot.handlers.accounts import coming_in, fallback, invite, language, menu, privacy, quiet, slips, staff
from bot.handlers.activities import dates, directing, doing, handing
from bot.handlers.events import attendance, guests, planning, steps
from bot.handlers.feedback import answering as letters_in
from bot.handlers.feedback import writing as letters_out
from bot.handlers.notes import answering, contacts, following, picking, writing
from bot.handlers.risk import agreeing, marks, register, routes, support

# aiogram lets a router have one parent: there is one tree a process.
ROUTERS = (
    # What is open to everybody; then the question of those whose consent is to an earlier notice.
    coming_in.router,
    privacy.router,
    language.router,
    privacy.gate,
    answering.replies,
    coming_in.inside,
    menu.router,
    quiet.router,
    invite.router,
    slips.router,
    staff.router,
    audit.router,
    indicators.router,
    picking.router,
    writing.router,
    contacts.router,
    following.router,
    answering.router,
    roster.router,
    pupils.router,
    doing.router,
    directing.router,
    handing.router,
    dates.router,
    documents.router,
    declarations.router,
    surveys.router,
    letters_out.router,
    letters_in.router,
    findings.router,
    register.router,
    routes.router,
    agreeing.router,
    support.router,
    marks.router,
    guests.router,
    planning.router,
    steps.router,
    attendance.router,
    outbox.router,
    fallback.router,
)
