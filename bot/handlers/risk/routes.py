"""Learning routes: versions, agreement to each, the thread about them, weekly progress."""

from aiogram import Router

router = Router()
