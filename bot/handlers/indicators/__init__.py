"""/status, /reading and /report."""

from aiogram import Router

from bot.handlers.indicators import recording, reporting, status

router = Router()
router.include_routers(status.router, recording.router, reporting.router)
