"""What supports pupils: extra lessons, clubs, mentoring pairs."""

from aiogram import Router

from bot.handlers.risk.support import clubs, lessons, pairs

router = Router()
router.include_routers(lessons.router, clubs.router, pairs.router)
