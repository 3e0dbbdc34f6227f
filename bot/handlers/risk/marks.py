"""Marks, current and external, and what they propose."""

from aiogram import Router

router = Router()
