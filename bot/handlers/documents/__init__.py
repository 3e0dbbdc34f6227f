"""/documents: the shelves, one document, putting one in."""

from aiogram import Router

from bot.handlers.documents import adding, looking

router = Router()
router.include_routers(looking.router, adding.router)
