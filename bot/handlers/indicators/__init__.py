"""/status and /reading."""

from aiogram import Router

from bot.handlers.indicators import recording, status

router = Router()
router.include_routers(status.router, recording.router)
