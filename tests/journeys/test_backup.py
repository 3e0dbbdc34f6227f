"""A copy of a running bot, its way to the director by night, and the day when the disk breaks."""

from datetime import UTC, datetime

from tests.databases import POSTGRES
from tests.journeys.school import DIRECTOR, director
from tests.journeys.world import World

# 04:00 in Omsk.
NIGHT = datetime(2026, 10, 14, 22, tzinfo=UTC)


async def test_copied_sent_and_put_back(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 6, tzinfo=UTC))
    world.run(
        SCHOOLBOT_SCHOOL__ADMINS=f"[{DIRECTOR}]",
        SCHOOLBOT_DELIVERY__QUIET_FROM="00:00",
        SCHOOLBOT_DELIVERY__QUIET_TO="00:00",
        SCHOOLBOT_BACKUP__KEEP="3",
        SCHOOLBOT_BACKUP__SEND="true",
        SCHOOLBOT_BACKUP__PASSPHRASE="four words in no order",
    )
    person = await director(world)
    await world.move_clock(NIGHT)
    words = await person.sees("Резервная копия за 15 октября")
    sent = next(m for m in reversed(person.messages.values()) if "document" in m)
    assert sent["document"]["file_name"].startswith("school-bot-2026-10-15.d")
    assert words["message_id"] > sent["message_id"]
    copied = world.folder / "from-the-chat"
    copied.write_bytes(await world.file(sent["document"]["file_id"]))
    # After the copy was made: what comes with it is not known.
    await person.says("/language", "На каком языке")
    await person.presses("English", "Done, I speak English now.")

    status, said = world.command("backup", str(world.folder / "by-hand"))
    assert status == 0 and "whole" in said and "bot.key" in said
    status, said = world.command("restore", str(copied))
    assert status == 1 and "the bot is running on it" in world.log.read_text()
    await world.terminate()
    if not POSTGRES:
        (world.folder / str(world.database.database)).write_bytes(b"\x77" * 5000)  # the disk
    status, said = world.command("restore", str(copied))
    assert status == 0, world.log.read_text()
    assert "start the bot" in said and "the key" not in said
    world.run()
    await person.says("/menu", "Чем помочь?")
    await world.terminate()
    # The later one knows that it was English.
    status, said = world.command("restore", str(world.folder / "by-hand"))
    assert status == 0, world.log.read_text()
    world.run()
    await person.says("/menu", "What can I do for you?")
