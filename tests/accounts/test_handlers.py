"""Coming in, the menu, the staff: what people send and see."""

from datetime import timedelta

import pytest
from aiogram.methods import SetMyCommands
from sqlalchemy import func, select

from bot.db.accounts import Consent, Invitation, Person, Staff, WrongCode
from bot.db.base import Database
from bot.db.inbox import InboxUpdate
from bot.db.roster import Guardian, Pupil
from bot.scheduler import Context
from bot.scheduler.inbox import tick
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, STARK, STRANGER, School


def code_of(message_text: str) -> str:
    return message_text.split("?start=")[1].split()[0]


async def invite_masha_father(director: Chat) -> str:
    await director.says("/invite")
    await director.presses("Родителей")
    await director.presses("5А")
    seen = await director.presses("Лебедев Игорь")
    assert seen.photo and "Лебедева Маша" in seen.text
    return code_of(seen.text)


class TestGuardianComesIn:
    async def test_reads_who_invites_consents_and_is_in(self, telegram: Telegram, school: School) -> None:
        director, father = telegram.chat(DIRECTOR), telegram.chat(STRANGER)
        code = await invite_masha_father(director)
        await father.says(f"/start {code}")
        notice, consent = (message.text for message in father.messages)
        assert "Маша" in notice and "5А" in notice and "О ваших данных" in notice
        assert "Лебедева" not in notice
        assert "Согласие на обработку персональных данных" in consent and "Маша" not in consent
        await father.presses("Согласен")
        assert father.messages[-2].text == "Готово, вы с нами!"
        assert "Мои дети" in father.last.buttons

    async def test_nothing_is_stored_before_consent(self, telegram: Telegram, school: School) -> None:
        code = await invite_masha_father(telegram.chat(DIRECTOR))
        father = telegram.chat(STRANGER, first_name="Тайный")
        await father.says(f"/start {code}")
        await father.presses("Не сейчас")
        async with telegram.database.read() as session:
            assert await session.scalar(select(Person).where(Person.telegram_id == STRANGER)) is None
            payloads = await session.scalars(select(InboxUpdate.payload))
            assert set(payloads) == {None}
            assert set(await session.scalars(select(InboxUpdate.replies))) == {None}

    async def test_a_code_works_once(self, telegram: Telegram, school: School) -> None:
        code = await invite_masha_father(telegram.chat(DIRECTOR))
        await telegram.chat(STRANGER).says(f"/start {code}")
        await telegram.chat(STRANGER).presses("Согласен")
        await telegram.chat(STRANGER + 1).says(f"/start {code}")
        assert "уже использовано" in telegram.chat(STRANGER + 1).last.text

    async def test_two_presses_at_once_join_once(self, telegram: Telegram, school: School) -> None:
        father = telegram.chat(STRANGER)
        code = await invite_masha_father(telegram.chat(DIRECTOR))
        await father.says(f"/start {code}")
        notice = father.last
        data = notice.data("Согласен")
        await father.forges(data, notice)
        await father.forges(data, notice)
        assert "Вы уже с нами" in father.toast
        async with telegram.database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Consent)) == 8

    async def test_an_expired_code_says_so(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        code = await invite_masha_father(telegram.chat(DIRECTOR))
        clock.move(days=31)
        await telegram.chat(STRANGER).says(f"/start {code}")
        assert "Срок приглашения вышел" in telegram.chat(STRANGER).last.text

    async def test_a_newer_code_withdraws_the_older(self, telegram: Telegram, school: School) -> None:
        old = await invite_masha_father(telegram.chat(DIRECTOR))
        await invite_masha_father(telegram.chat(DIRECTOR))
        await telegram.chat(STRANGER).says(f"/start {old}")
        assert "отменили" in telegram.chat(STRANGER).last.text

    async def test_ten_wrong_codes_block_for_an_hour(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        right = await invite_masha_father(telegram.chat(DIRECTOR))
        stranger = telegram.chat(STRANGER)
        for i in range(10):
            await stranger.says(f"/start wrong{i}")
            assert "Такого приглашения нет" in stranger.last.text
        await stranger.says(f"/start {right}")
        assert "Слишком много" in stranger.last.text
        clock.move(hours=1, seconds=1)
        await stranger.says(f"/start {right}")
        assert "Маша" in stranger.messages[-2].text

    async def test_a_pasted_invitation_opens_as_the_link_does(
        self, telegram: Telegram, school: School
    ) -> None:
        right = await invite_masha_father(telegram.chat(DIRECTOR))
        stranger, mother = telegram.chat(STRANGER), telegram.chat(PETYA_MOTHER)
        await stranger.says("приглашениеприглашение")
        assert "пришлите сюда ссылку" in stranger.last.text
        await stranger.says("https://t.me/school_bot?start=wrong")
        assert "Такого приглашения нет" in stranger.last.text
        await mother.says(f" {right}\n")  # who is in with another child
        assert "Маша" in mother.last.text and "Да, присоединиться" in mother.last.buttons
        await stranger.says(f"Вот: https://t.me/school_bot?start={right}")
        assert "Маша" in stranger.messages[-2].text
        async with telegram.database.read() as session:
            assert len((await session.scalars(select(WrongCode.id))).all()) == 1

    async def test_guessing_by_many_chats_is_told_once_a_day_and_keeps_nobody_out(
        self, telegram: Telegram, school: School, context: Context, database: Database
    ) -> None:
        right = await invite_masha_father(telegram.chat(DIRECTOR))
        now = context.clock.now()
        async with database.write() as session:
            tried = [WrongCode(chat_hash=str(n % 5), at=now) for n in range(49)]
            session.add_all(tried)
            await session.commit()
        director = telegram.chat(DIRECTOR)
        for told in (False, True, True):
            await tick(context)
            await telegram.deliver()
            assert ("Кто-то пробует угадать" in director.last.text) == told
            await telegram.chat(STRANGER).says("/start nonsense")
        assert sum("50 неверных кодов" in seen.text for seen in director.messages) == 1
        await telegram.chat(STRANGER).says(f"/start {right}")
        assert "Маша" in telegram.chat(STRANGER).messages[-2].text

    async def test_wrong_codes_keep_no_chat_id(self, telegram: Telegram, school: School) -> None:
        await telegram.chat(STRANGER).says("/start nonsense")
        async with telegram.database.read() as session:
            kept = await session.scalar(select(WrongCode.chat_hash))
        assert kept and str(STRANGER) not in kept

    async def test_a_second_child_asks_for_no_second_consent(
        self, telegram: Telegram, school: School
    ) -> None:
        code = await invite_masha_father(telegram.chat(DIRECTOR))
        mother = telegram.chat(BERG)  # a teacher who is a parent too
        await mother.says(f"/start {code}")
        assert "О ваших данных" not in mother.last.text
        await mother.presses("Да, присоединиться")
        assert {"Мои дети", "Написать родителям"} <= set(mother.last.buttons)

    async def test_codes_are_not_in_the_database(self, telegram: Telegram, school: School) -> None:
        code = await invite_masha_father(telegram.chat(DIRECTOR))
        async with telegram.database.read() as session:
            assert code not in await session.scalars(select(Invitation.code_hash))


class TestStaffComeIn:
    async def test_the_director_invites_a_teacher_who_leads_a_class(
        self, telegram: Telegram, school: School
    ) -> None:
        director, teacher = telegram.chat(DIRECTOR), telegram.chat(STRANGER)
        await director.says("/invite")
        await director.presses("Сотрудника")
        assert "Диканова М.Е." in director.last.buttons and "Динер Н.М." not in director.last.buttons
        await director.presses("Диканова")
        await director.presses("Учитель")
        await director.presses("5А")
        await director.presses("5А")
        assert "★ 5А" in director.last.buttons
        seen = await director.presses("Готово")
        assert seen.photo and "Диканова М.Е." in seen.text
        await teacher.says(f"/start {code_of(seen.text)}")
        assert "Диканова М.Е." in teacher.messages[-2].text
        await teacher.presses("Согласен")
        assert "Написать родителям" in teacher.last.buttons and "Показатели" not in teacher.last.buttons

    async def test_a_typed_name_with_markup_is_shown_as_it_is(
        self, telegram: Telegram, school: School
    ) -> None:
        director = telegram.chat(DIRECTOR)
        await director.says("/invite")
        await director.presses("Сотрудника")
        await director.says("<b>О'Нил & 🦊</b>")
        assert "&lt;b&gt;О'Нил &amp; 🦊&lt;/b&gt;" in director.last.text

    async def test_the_same_name_is_not_invited_twice(self, telegram: Telegram, school: School) -> None:
        director = telegram.chat(DIRECTOR)
        await director.says("/invite")
        await director.presses("Сотрудника")
        await director.says("Берг А.И.")
        await director.presses("Учитель")
        await director.presses("Готово")
        assert "уже есть" in director.toast

    async def test_dismissal_closes_the_door(self, telegram: Telegram, school: School) -> None:
        director, stark = telegram.chat(DIRECTOR), telegram.chat(STARK)
        await director.says("/staff")
        await director.presses("Штарк")
        await director.presses("Больше не работает")
        await director.presses("Да, закрыть доступ")
        await stark.says("/menu")
        assert "не связаны" in stark.last.text


class TestFirstAdmin:
    async def test_comes_in_by_the_configuration(self, telegram: Telegram) -> None:
        admin = telegram.chat(DIRECTOR)
        await admin.says("/start")
        assert "администратор" in admin.messages[-2].text
        await admin.presses("Согласен")
        await admin.presses("Динер Н.М.")
        assert "Приятно познакомиться, Динер Н.М.!" in admin.last.text
        async with telegram.database.read() as session:
            staff = await session.scalar(select(Staff))
        assert staff and staff.name == "Динер Н.М." and staff.person_id

    async def test_a_stranger_cannot_forge_their_way_in(self, telegram: Telegram, school: School) -> None:
        stranger = telegram.chat(STRANGER)
        await stranger.forges("join:")
        assert stranger.toast == "Такого нет, или это не ваше."


class TestEverybody:
    async def test_stickers_and_unknown_texts_get_an_answer(self, telegram: Telegram, school: School) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("абракадабра")
        assert "Кому это передать?" in mother.last.text and "Мои дети" in mother.last.buttons
        await mother.says(None, location={"latitude": 55.0, "longitude": 73.0})
        assert "Не понял" in mother.last.text
        await mother.edits("исправила")
        assert "новым сообщением" in mother.last.text

    async def test_an_old_button_explains_itself(self, telegram: Telegram, school: School) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.forges("nosuch:1")
        assert "не работает" in mother.toast

    async def test_a_button_of_a_message_of_last_year_still_leads_where_it_says(
        self, telegram: Telegram, school: School
    ) -> None:
        """Telegram no longer shows the bot such a message: the answer comes as a new one."""
        chat = telegram.chat(DIRECTOR)
        await chat.says("/menu")
        menu, seen = chat.last, len(chat.messages)
        await chat.forges(menu.data("Показатели"), menu, accessible=False)
        assert len(chat.messages) == seen + 1 and "Показатели программы" in chat.last.text
        assert menu.text == "Чем помочь?"

    async def test_language_is_remembered(self, telegram: Telegram, school: School) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("/language")
        await mother.presses("English")
        await mother.says("/help")
        assert "/language" in mother.last.text and "язык" not in mother.last.text

    async def test_leaving_erases_and_a_new_invitation_works(
        self, telegram: Telegram, school: School, database: Database
    ) -> None:
        mother, director = telegram.chat(MASHA_MOTHER), telegram.chat(DIRECTOR)
        await mother.says("/privacy")
        await mother.presses("Отозвать согласие")
        await mother.presses("Да, стереть")
        async with database.read() as session:
            assert await session.scalar(select(Person).where(Person.telegram_id == MASHA_MOTHER)) is None
            place = await session.get_one(Guardian, school.guardians["Маша/мать"])
        assert place.person_id is None
        await mother.says("/menu")
        assert "нужно приглашение" in mother.last.text
        await director.says("/invite")
        await director.presses("Родителей")
        await director.presses("5А")
        assert any("Лебедева Ирина" in label for label in director.last.buttons)

    async def test_blocking_and_coming_back(self, telegram: Telegram, school: School) -> None:
        async def since() -> object:
            async with telegram.database.read() as session:
                query = select(Person.unreachable_since).where(Person.telegram_id == MASHA_MOTHER)
                return await session.scalar(query)

        await telegram.chat(MASHA_MOTHER).blocks()
        assert await since() is not None
        await telegram.chat(MASHA_MOTHER).unblocks()
        assert await since() is None
        await telegram.chat(MASHA_MOTHER).blocks()
        await telegram.chat(MASHA_MOTHER).says("/menu")  # who writes is there, whatever came before
        assert await since() is None


@pytest.mark.parametrize("command", ["/invite", "/staff", "/roster", "/status", "/reading", "/survey"])
async def test_admin_commands_do_not_exist_for_others(
    telegram: Telegram, school: School, command: str
) -> None:
    for telegram_id in (BERG, MASHA_MOTHER, STRANGER):
        chat = telegram.chat(telegram_id)
        await chat.says(command)
        assert "Не понял" in chat.last.text


async def test_when_a_pupil_leaves_the_guardians_access_ends(
    telegram: Telegram, school: School, clock: StoppedClock
) -> None:
    chat = telegram.chat(MASHA_MOTHER)
    await chat.says("/children")
    assert "Маша" in chat.last.text
    async with telegram.database.write() as session:
        pupil = await session.get_one(Pupil, school.pupils["Маша"])
        pupil.active_to = clock.now().date() - timedelta(days=1)
        await session.commit()
    await chat.says("/children")
    assert "не связаны ни с одним учеником" in chat.last.text


class TestWords:
    """What somebody reads who is not quite where the others are."""

    async def test_a_guest_is_offered_nothing_that_cannot_be_done(
        self, telegram: Telegram, school: School
    ) -> None:
        guest = telegram.chat(STRANGER)
        await guest.says("/privacy")
        assert "О ваших данных" in guest.last.text and not guest.last.buttons
        await guest.says("/language")
        assert "до этого я ничего не запоминаю" in guest.last.text and not guest.last.buttons

    async def test_who_is_connected_to_nobody_is_told_so(self, telegram: Telegram, school: School) -> None:
        berg, director = telegram.chat(BERG), telegram.chat(DIRECTOR)
        await director.says("/staff")
        await director.presses("Берг")
        await director.presses("Больше не работает")
        await director.presses("Да, закрыть доступ")
        await berg.says("/note")
        assert "не связаны ни с одним учеником" in berg.last.text

    async def test_a_toast_shows_signs_as_they_are(self, telegram: Telegram, school: School) -> None:
        director = telegram.chat(DIRECTOR)
        await director.says("/invite")
        await director.presses("Сотрудника")
        await director.says("<b>Кот</b> & Ко 😀")
        await director.presses("Другой сотрудник")
        await director.presses("Готово")
        await director.says("/staff")
        await director.presses("Кот")
        await director.presses("Больше не работает")
        await director.presses("Да, закрыть доступ")
        assert director.toast == "Доступ закрыт: <b>Кот</b> & Ко 😀"

    async def test_the_slip_scanned_again_is_no_alarm(self, telegram: Telegram, school: School) -> None:
        code = await invite_masha_father(telegram.chat(DIRECTOR))
        father = telegram.chat(STRANGER)
        await father.says(f"/start {code}")
        await father.presses("Согласен")
        await father.says(f"/start {code}")
        assert "Вы уже с нами" in father.last.text

    async def test_cancel_under_a_first_step_is_no_contradiction(
        self, telegram: Telegram, school: School
    ) -> None:
        director = telegram.chat(DIRECTOR)
        await director.says("/note")
        await director.presses("Отменить")
        assert director.last.text.startswith("Хорошо, остановились.")
        await director.says("/cancel")
        assert "нечего отменять" in director.last.text

    async def test_the_menu_brings_the_commands_up_to_date(self, telegram: Telegram, school: School) -> None:
        await telegram.chat(BERG).says("/menu")
        call = telegram.wire.calls[-1]
        assert isinstance(call, SetMyCommands)
        assert "note" in {command.command for command in call.commands}


async def test_what_is_protected_never_takes_the_place_of_what_is_not(
    telegram: Telegram, school: School
) -> None:
    """Telegram protects a message when it is sent: a menu that is edited could be forwarded."""
    mother = telegram.chat(MASHA_MOTHER)
    await mother.says("/menu")
    await mother.presses("Мои дети")
    menu, children = mother.messages
    assert not menu.protected and children.protected and "Маша" in children.text
