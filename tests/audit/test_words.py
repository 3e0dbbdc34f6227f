"""Whatever is written into the audit trail has words in both languages."""

from enum import StrEnum

import pytest

from bot.db.accounts import Manner, Role
from bot.db.accounts import Topic as MessageTopic
from bot.db.activities import AssignmentState
from bot.db.backup import Reason
from bot.db.declarations import Practice
from bot.db.documents import DocumentKind
from bot.db.feedback import Topic
from bot.db.notes import Channel, NoteKind
from bot.db.risk.register import Outcome
from bot.db.risk.routes import AnswerKind, ProgressMark, ResultKind
from bot.db.risk.support import PairKind, Provider
from bot.features.accounts import Position
from bot.features.audit.looking import GROUPS, REFERS
from bot.features.events.planning import FLAGS
from bot.features.surveys import Audience
from bot.texts import LANGUAGES
from bot.ui.audit import WORDS
from tests.audit.words import written
from tests.test_texts import messages

# Values that are words of ours, by the beginning of their texts.
VALUES: dict[str, tuple[type[StrEnum], ...]] = {
    "audit-is": (AssignmentState, Channel, AnswerKind, PairKind, Provider),
    "backup-reason": (Reason,),
    "document-kind": (DocumentKind,),
    "note-kind": (NoteKind,),
    "position": (Position,),
    "practice": (Practice,),
    "privacy-manner": (Manner,),
    "privacy-role": (Role,),
    "privacy-topic": (MessageTopic,),
    "risk-outcome": (Outcome,),
    "route-mark": (ProgressMark,),
    "route-result": (ResultKind,),
    "survey-to": (Audience,),
    "ticket-topic": (Topic,),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_actions_subjects_and_details_have_words_and_no_word_is_left_over(language: str) -> None:
    texts, found = messages(language), written()
    wanted = {
        "audit-do-": {action.replace(".", "-") for each in found for action in each.actions},
        "audit-of-": {noun for each in found for noun in each.nouns},
        "audit-key-": {name for each in found for name in each.details} - {"to"},
    }
    for beginning, names in wanted.items():
        worded = {key.removeprefix(beginning) for key in texts if key.startswith(beginning)}
        assert worded == names, f"texts/{language}/audit.ftl: {beginning}… {worded ^ names}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_have_words(language: str) -> None:
    texts = messages(language)
    missing = [
        key
        for beginning, enums in VALUES.items()
        for enum in enums
        for value in enum
        if (key := f"{beginning}-{value}") not in texts
    ]
    assert not missing
    assert set(WORDS.values()) - {"language", "survey-template"} <= VALUES.keys()


def test_what_was_changed_has_words() -> None:
    whats = {value for each in written() for value in each.whats} | set(FLAGS)
    assert {"title", "headline", "champion", "preventive"} <= whats
    assert not {what for what in whats if f"audit-is-{what}" not in messages("ru")}


def test_every_action_is_in_one_group() -> None:
    words = [word for group in GROUPS.values() for word in group]
    assert len(words) == len(set(words))
    assert set(words) == {action.partition(".")[0] for each in written() for action in each.actions}


def test_what_numbers_refer_to_is_written_somewhere() -> None:
    names = {name for each in written() for name in each.details}
    actions = {action for each in written() for action in each.actions}
    assert not {key for key in REFERS if key not in names and key.partition(":")[0] not in actions}
