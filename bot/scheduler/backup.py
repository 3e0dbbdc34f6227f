"""Nightly: a copy of the database."""

import asyncio

import structlog

from bot.db.backup import BackupError
from bot.features import backup
from bot.features.backup import files
from bot.scheduler import Context

log = structlog.get_logger()


async def tick(context: Context) -> None:
    """Make tonight's copy where it is still to be made, in a thread and outside any transaction."""
    settings, now = context.settings, context.clock.now()
    local = now.astimezone(settings.school.zone)
    night = local.date()
    async with context.database.read() as session:
        if not await backup.is_due(session, settings, now):
            return
    try:
        path = await asyncio.to_thread(files.take_nightly, settings, local)
        size = path.stat().st_size
    except BackupError as error:
        log.error("backup failed", reason=error.reason.value, error=str(error))
        async with context.database.write() as session:
            await backup.failed(session, settings, now, night, error.reason)
            await session.commit()
        return
    log.info("backup made", file=path.name, bytes=size)
    async with context.database.write() as session:
        # Asked again: another process may have made it meanwhile.
        if await backup.is_due(session, settings, now):
            await backup.made(session, settings, now, night, path, size)
            await session.commit()
