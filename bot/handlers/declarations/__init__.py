"""/declare: one's own declaration, who has declared, visits to lessons."""

from aiogram import Router

from bot.handlers.declarations import declaring, visits

router = Router()
router.include_routers(declaring.router, visits.router)
