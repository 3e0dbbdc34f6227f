"""The paper round: one sheet a family, each counted once, never beside an answer in the chat."""

import re
from io import BytesIO

import pypdfium2
import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.config import Settings
from bot.db.base import Database
from bot.db.roster import Guardian
from bot.db.surveys import SurveyAnswer, SurveyParticipant, SurveySheet
from bot.features.surveys.paper import Families, Place, new_code
from bot.scheduler import Context
from bot.scheduler.surveys import tick
from bot.ui.surveys.answering import SurveyStart
from bot.ui.surveys.paper import PaperDo, PaperPrint
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock, context_of
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, SINCE, School
from tests.surveys.people import answers, opens
from tests.surveys.test_handlers import count

VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3}


@pytest.fixture
async def director(telegram: Telegram, school: School, database: Database) -> Chat:
    """Лена has a grandmother and an aunt, who have not come; the survey is open."""
    async with database.write() as session:
        for name in ("Рыбина Ольга Юрьевна", "Рыбина Вера Юрьевна"):
            place = {"pupil_id": school.pupils["Лена"], "name": name, "relation": "родня"}
            session.add(Guardian(**place, active_from=SINCE))
        await session.commit()
    chat = telegram.chat(DIRECTOR)
    await opens(chat)
    return chat


def sheets(telegram: Telegram) -> dict[str, str]:
    """The codes of the sheets printed last, by the pupil on the strip."""
    call = next(c for c in reversed(telegram.wire.calls) if isinstance(c, SendDocument))
    assert isinstance(call.document, BufferedInputFile)
    document = pypdfium2.PdfDocument(BytesIO(call.document.data))
    found = {}
    for page in document:
        text = page.get_textpage().get_text_range()
        pupil, code = re.search(r"\((\S+ \S+),", text), re.search(r"\d{3} \d{3} \d{3}", text)
        assert pupil and code
        found[pupil[1]] = code[0]
        page.close()
    document.close()
    return found


async def prints(director: Chat, whom: str = "Всем, кто ещё не ответил") -> dict[str, str]:
    await director.forges(PaperDo(survey_id=1, action="offer").pack())
    await director.presses(whom)
    return sheets(director.telegram)


async def enters(staff: Chat, code: str, overall: int = 5) -> None:
    await staff.forges(PaperDo(survey_id=1, action="enter").pack())
    await staff.says(code)
    for label in (str(overall), "4", "Нет ответа", "Да", "На собраниях"):
        await staff.presses(label)
    await staff.says("Спасибо за листок")
    await staff.presses("Засчитать лист")


class TestPrinting:
    async def test_a_sheet_for_each_family_that_has_not_answered(
        self, telegram: Telegram, director: Chat, database: Database
    ) -> None:
        await answers(telegram.chat(PETYA_MOTHER), 4)
        found = await prints(director)
        assert set(found) == {"Лебедева Маша", "Котов Ваня", "Рыбина Лена"}  # one a family, none for Петя
        async with database.read() as session:
            kept = (await session.scalars(select(SurveySheet))).all()
        assert len(kept) == 3 and sum(sheet.counts for sheet in kept) == 1  # Лена's is one more to be asked
        codes = [code.replace(" ", "") for code in found.values()]
        assert not any(code in repr(sheet.__dict__) for sheet in kept for code in codes)

    async def test_only_families_without_the_bot(self, director: Chat) -> None:
        assert set(await prints(director, "Семьям без бота")) == {"Рыбина Лена"}

    async def test_a_class(self, director: Chat) -> None:
        assert set(await prints(director, "5А")) == {"Лебедева Маша", "Сомов Петя"}

    async def test_nobody_left(self, telegram: Telegram, director: Chat) -> None:
        await answers(telegram.chat(MASHA_MOTHER), 4)
        await answers(telegram.chat(PETYA_MOTHER), 4)
        await director.forges(PaperDo(survey_id=1, action="offer").pack())
        await director.presses("5А")
        assert "Печатать нечего" in director.toast

    async def test_printed_again_both_codes_are_good_and_counted_once(
        self, telegram: Telegram, director: Chat
    ) -> None:
        first = (await prints(director, "Семьям без бота"))["Рыбина Лена"]
        second = (await prints(director, "Семьям без бота"))["Рыбина Лена"]
        assert first != second
        await enters(director, first)
        assert "Лист засчитан" in director.last.text
        await enters_code(director, second)
        assert "другой лист" in director.last.text
        await director.says("/survey")
        card = await director.presses("🟢")
        assert "Ответили 1 из 4" in card.text and "1 на бумаге" in card.text

    async def test_not_for_staff_surveys_and_not_when_closed(
        self, telegram: Telegram, director: Chat
    ) -> None:
        await opens(director, template="Учителям: методическая помощь")
        await director.forges(PaperDo(survey_id=2, action="offer").pack())
        assert "для родителей" in director.toast
        await director.says("/survey")
        await director.presses("Как школа помогает")
        await director.presses("Закрыть сейчас")
        await director.presses("Да, закрыть")
        await director.forges(PaperPrint(survey_id=1, class_id=0, offline=False).pack())
        assert "уже закрыт" in director.toast


async def enters_code(staff: Chat, code: str) -> None:
    await staff.says("/surveys")
    await staff.forges(PaperDo(survey_id=1, action="enter").pack())
    await staff.says(code)


class TestEntering:
    async def test_a_teacher_enters_it_and_nothing_leads_from_the_code_to_the_family(
        self, telegram: Telegram, director: Chat, database: Database
    ) -> None:
        code = (await prints(director))["Рыбина Лена"]
        berg = telegram.chat(BERG)
        await berg.says("/surveys")
        await berg.presses("Ввести лист")
        await berg.says(code)
        assert "Вопрос 1 из 6" in berg.last.text
        await berg.says("4")  # typed instead of pressed
        await berg.presses("Назад")
        assert "✓ 4" in berg.last.buttons
        await berg.says(voice=VOICE)
        assert "одну из кнопок" in berg.last.text
        await berg.presses("5")
        for label in ("4", "Нет ответа", "Да", "На собраниях"):
            await berg.presses(label)
        await berg.says("Больше кружков")
        assert "Больше кружков" in berg.last.text and "без ответа" in berg.last.text
        send = berg.last.data("Засчитать лист")
        await berg.presses("Засчитать лист")
        assert "Лист засчитан" in berg.last.text
        await berg.forges(send)  # twice at once
        assert await count(database, SurveyAnswer) == 5  # one question was left blank
        async with database.read() as session:
            rows = (await session.scalars(select(SurveySheet))).all()
        used = [row for row in rows if row.entered or not row.guardian_id]
        assert len(used) == 2 and not any(row.guardian_id and row.code_hash for row in used)
        assert [row.code_hash for row in rows if row.entered] == [None]

    async def test_a_code_counts_once(self, telegram: Telegram, director: Chat, database: Database) -> None:
        code = (await prints(director))["Рыбина Лена"]
        await enters(director, code)
        await enters_code(telegram.chat(BERG), code)
        assert "уже введён" in telegram.chat(BERG).last.text
        assert await count(database, SurveyAnswer) == 5

    async def test_two_staff_enter_the_same_sheet_at_once(
        self, telegram: Telegram, director: Chat, database: Database
    ) -> None:
        code = (await prints(director))["Рыбина Лена"]
        berg = telegram.chat(BERG)
        for chat in (director, berg):
            await enters_code(chat, code)
            for label in ("5", "4", "4", "Да", "На собраниях", "Нет ответа"):
                await chat.presses(label)
        await director.presses("Засчитать лист")
        await berg.presses("Засчитать лист")
        assert "уже введён" in berg.toast
        assert await count(database, SurveyAnswer) == 5

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("123", "Такого кода быть не может"), ("", "Такого кода"), ("привет", "Такого кода")],
    )
    async def test_mistyped(self, director: Chat, typed: str, said: str) -> None:
        await enters_code(director, typed)
        assert said in director.last.text

    async def test_a_voice_message_where_a_code_is_asked(self, director: Chat) -> None:
        await director.forges(PaperDo(survey_id=1, action="enter").pack())
        await director.says(voice=VOICE)
        assert "Такого кода" in director.last.text

    async def test_unknown(self, director: Chat) -> None:
        await enters_code(director, new_code())
        assert "Листа с таким кодом нет" in director.last.text

    async def test_a_blank_sheet(self, director: Chat, database: Database) -> None:
        await enters_code(director, (await prints(director))["Рыбина Лена"])
        for _ in range(6):
            await director.presses("Нет ответа")
        await director.presses("Засчитать лист")
        assert "ни одного ответа" in director.toast
        assert await count(database, SurveyAnswer) == 0

    async def test_a_button_of_the_sheet_before(self, director: Chat) -> None:
        found = await prints(director)
        await enters_code(director, found["Рыбина Лена"])
        old = director.last.data("5")
        await enters_code(director, found["Котов Ваня"])
        await director.forges(old)
        assert "уже не работает" in director.toast

    async def test_closed_while_it_is_typed(self, director: Chat, database: Database) -> None:
        code = (await prints(director))["Рыбина Лена"]
        await enters_code(director, code)
        summary = None
        for label in ("5", "4", "4", "Да", "На собраниях", "Нет ответа"):
            summary = await director.presses(label)
        assert summary
        send = summary.data("Засчитать лист")
        await closes(director.telegram)
        await director.forges(send)
        assert "уже закрыт" in director.toast
        assert await count(database, SurveyAnswer) == 0
        async with database.read() as session:
            assert not any(row.code_hash for row in await session.scalars(select(SurveySheet)))


async def closes(telegram: Telegram) -> None:
    """Somebody else closes it: the time has come."""
    clock = telegram.clock
    assert isinstance(clock, StoppedClock)
    clock.move(days=8)
    settings: Settings = telegram.dispatcher.workflow_data["settings"]
    await tick(context_of(telegram.database, clock, settings))


class TestOneVoiceAFamily:
    async def test_answered_in_the_chat_meanwhile(self, telegram: Telegram, director: Chat) -> None:
        code = (await prints(director))["Лебедева Маша"]
        await answers(telegram.chat(MASHA_MOTHER), 5)
        await enters_code(director, code)
        assert "уже ответила в боте" in director.last.text

    async def test_on_paper_first_then_in_the_chat(
        self, telegram: Telegram, director: Chat, database: Database
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.presses("Ответить")
        await mother.presses("3")  # has begun
        await enters(director, (await prints(director, "5А"))["Лебедева Маша"])
        await mother.presses("4")
        assert "уже приняла бумажный лист" in mother.toast
        await mother.says("/surveys")
        assert "опросов для вас нет" in mother.last.text
        await director.says("/survey")
        card = await director.presses("🟢")
        assert "Ответили 1 из 3" in card.text  # the family is one of the three, as before

    async def test_who_comes_after_their_familys_sheet_is_not_asked(
        self,
        telegram: Telegram,
        director: Chat,
        database: Database,
        school: School,
        context: Context,
    ) -> None:
        await enters(director, (await prints(director))["Рыбина Лена"])
        async with database.write() as session:
            query = select(Guardian).where(Guardian.pupil_id == school.pupils["Лена"])
            place = (await session.scalars(query.order_by(Guardian.id))).all()[-1]
            place.person_id = school.people[BERG]  # the aunt is a teacher here
            await session.commit()
        await tick(context)
        async with database.read() as session:
            assert await session.get(SurveyParticipant, (1, school.people[BERG])) is None
        berg = telegram.chat(BERG)
        await berg.forges(SurveyStart(survey_id=1).pack())
        assert "бумажный лист" in berg.toast

    async def test_who_comes_before_it_is_asked_and_the_sheet_is_no_extra(
        self,
        telegram: Telegram,
        director: Chat,
        database: Database,
        school: School,
        context: Context,
    ) -> None:
        code = (await prints(director))["Рыбина Лена"]
        async with database.write() as session:
            query = select(Guardian).where(Guardian.pupil_id == school.pupils["Лена"])
            place = (await session.scalars(query.order_by(Guardian.id))).all()[-1]
            place.person_id = school.people[BERG]
            await session.commit()
        await tick(context)
        await telegram.deliver()
        await director.says("/survey")
        assert "Ответили 0 из 4" in (await director.presses("🟢")).text
        await answers(telegram.chat(BERG), 5)
        await enters_code(director, code)
        assert "уже ответила в боте" in director.last.text


PLACES = st.lists(
    st.builds(
        Place,
        st.integers(),
        st.integers(1, 4),
        st.sampled_from(["Анна Лир", "Анна  лир", "Иван Лир", "Вера Кум"]),
        st.none() | st.integers(1, 3),
    ),
    max_size=8,
).map(lambda places: [place._replace(id=number) for number, place in enumerate(places, 1)])


@given(PLACES)
def test_families_are_mutual(places: list[Place]) -> None:
    """Who is of my family has me in theirs; all guardians of a child are of one another's."""
    known = Families(places)
    for one in places:
        family = known.of_place(one.id)
        assert one.id in family.places
        assert {other.id for other in places if other.pupil_id == one.pupil_id} <= family.places
        assert all(one.id in known.of_place(other).places for other in family.places)
        assert one.person_id is None or one.person_id in family.people


def test_one_mother_of_two_is_known_by_her_name() -> None:
    known = Families(
        [Place(1, 1, "Анна Лир", 7), Place(2, 2, "анна  лир", None), Place(3, 2, "Пётр Лир", None)]
    )
    assert known.of_place(3).people == {7}
    assert known.of_person(7).places == {1, 2, 3}
