# Сообщения родителям и ответы

note-no-classes = За вами пока не записан ни один класс. Скажите администратору, и он это поправит.
note-which-class = О ком напишем? Сначала класс.
note-no-pupils = { $class_name } класс: пока никого нет в списке.
note-which-pupil = <b>{ $class_name } класс</b>. О ком напишем?
note-pupil-alone = ✉️ { $name }
note-pupil-alone-legend = ✉️ — родители ещё не с ботом, нужно приглашение.
note-other-pupil = Другой ученик
note-alone =
    <b>{ $child }</b>: никто из родителей пока не подключился, и сообщение никто не получит.

    Сделайте приглашение, это одна кнопка: покажите QR-код или перешлите ссылку.
note-alone-ask =
    <b>{ $child }</b>: никто из родителей пока не подключился, и сообщение никто не получит.

    Приглашение даст классный руководитель или администратор.
note-invite-somebody = Пригласить родителя
note-invite = Пригласить: { $name }
note-which-kind = <b>{ $child }</b>. О чём сообщение?
note-pick-success = 🌟 Похвалить
note-pick-concern = 💬 Есть о чём поговорить
note-pick-information = 📌 Просто сообщить
note-sign-success = 🌟
note-sign-concern = 💬
note-sign-information = 📌
note-kind-success = есть чему порадоваться
note-kind-concern = есть о чём поговорить
note-kind-information = новость из школы
note-ask-success = <b>{ $child }</b>. Что получилось? Хватит и одного предложения.
note-ask-concern = <b>{ $child }</b>. Что беспокоит и чем можно помочь дома? Хватит и одного предложения.
note-ask-information = <b>{ $child }</b>. Что нужно знать родителям? Хватит и одного предложения.
note-preview = Вот что увидят родители:
note-recipients = Получат:
note-recipients-absent = Пока не с ботом:
note-send = Отправить
note-edit = Изменить текст
note-sent = Готово! Сообщение отправлено. Речь о ребёнке: <b>{ $child }</b>.
note-held =
    Сейчас тихие часы, поэтому родители получат { $day ->
        [today] сегодня
       *[tomorrow] завтра
    } в { $time }.
note-held-teacher =
    Сейчас тихие часы: учитель увидит это { $day ->
        [today] сегодня
       *[tomorrow] завтра
    } в { $time }.
note-already-sent = Это сообщение уже отправлено или отменено.
note-you = вы

notes-empty = Вы ещё не писали родителям. Начните с доброй новости!
notes-title = <b>Мои сообщения</b>, страница { $page } из { $pages }
notes-item = { $date } { $kind } <b>{ $children }</b>
notes-words = «{ $text }»
notes-state = • { $who }: { $state }
notes-newer = ← Новее
notes-older = Старше →
note-state-call = просит позвонить 📞
note-state-answered = есть ответ
note-state-read = прочитано
note-state-delivered = доставлено
note-state-unreachable = не дошло: бот заблокирован или закрыт
note-state-waiting = ждёт отправки
note-state-absent = ещё не с ботом
note-said = <b>{ $at }, { $who }:</b>
note-said-erased = <b>{ $at }, { $who }:</b> <i>текст стёрт</i>
note-thread-cut = <i>…более ранние ответы не поместились</i>
note-write-to = Написать: { $who }

class-which = Какой класс показать?
class-title = <b>{ $class_name } класс</b>: сколько родителей с ботом и когда они последний раз получали весточку.
class-line = { $name } — { $came }/{ $of }, { $heard }
class-alone = некому получать
class-never = ещё ничего
class-days =
    { $days ->
        [0] сегодня
        [one] { $days } день назад
        [few] { $days } дня назад
       *[many] { $days } дней назад
    }
class-write = Написать родителям
class-invite = Пригласить родителей

note-message =
    { $sign } <b>{ $child }</b>: { $kind }
    Пишет { $teacher }
note-action-read = Прочитано
note-action-answer = Ответить
note-action-call = Позвоните мне
note-read-thanks = Спасибо! Учитель увидит, что вы прочитали.
note-read-already = Уже отмечено, спасибо.
note-call-thanks = Передали. Учитель знает, что вы ждёте звонка.
note-call-already = Вы уже попросили позвонить. Учитель об этом знает.
note-ask-answer = Что передать? Напишите, и { $teacher } получит ваш ответ.
note-answered = Спасибо! Ваш ответ передан: { $teacher }
note-ask-reply = <b>{ $child }</b>, { $relation }. Что ответить?
note-replied = Готово, ответ отправлен.
note-message-reply =
    <b>{ $child }</b>. Вам отвечает { $teacher }:
note-message-answer =
    <b>{ $child }</b>, { $class_name }. Вам отвечает { $relation }:
note-message-call = 📞 <b>{ $child }</b>, { $class_name }: { $relation } просит вас позвонить.
note-reply = Ответить
note-thread = Вся переписка

children-child = <b>{ $child }</b>, { $class_name } класс
children-nothing = Пока учителя ничего не писали.
children-note =
    { $sign } { $date }, { $teacher }
    { $text }
children-none = Сейчас за вами не записан ни один ребёнок. Если это ошибка, напишите классному руководителю.

error-note-nameless = Родители должны видеть, кто пишет. Представьтесь, пожалуйста: нажмите /start.
error-note-pupil-gone = Этого ученика больше нет в ваших классах, поэтому сообщение не отправлено.
error-note-nobody = { $child }: сейчас никто из родителей не подключён. Сообщение не отправлено, его некому получить.
error-note-guardian-gone = Этот родитель больше не пользуется ботом. Позвоните, пожалуйста.
error-note-teacher-gone = Этот учитель больше не пользуется ботом. Позвоните, пожалуйста, в школу.
note-digest = { $sign } <b>{ $child }</b>: { $kind }. Пишет { $teacher }
note-digest-open = { $child }: { $teacher }
