"""Surveys: writing and watching them, answering, what came out, the paper round."""

from aiogram import Router

from bot.handlers.surveys import answering, editing, paper, results

router = Router()
router.include_routers(editing.router, results.router, answering.router, paper.router)
