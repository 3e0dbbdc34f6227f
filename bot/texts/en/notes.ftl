# Notes to parents and their answers

note-no-classes = You have no class yet. Tell an administrator, who will put that right.
note-which-class = Who is it about? The class first.
note-no-pupils = Class { $class_name }: nobody is on the list yet.
note-which-pupil = <b>Class { $class_name }</b>. Who is it about?
note-pupil-alone = ✉️ { $name }
note-pupil-stopped = ⛔ { $name }
note-pupil-stopped-legend = ⛔ means that the parents have closed the bot. The note comes through when they open it again.
note-pupil-alone-legend = ✉️ means that no parent uses the bot yet: an invitation is needed.
note-other-pupil = Another pupil
note-alone =
    <b>{ $child }</b>: no parent has come yet, so nobody would get the note.

    Make an invitation, it is one button: show the QR code or forward the link.
note-alone-ask =
    <b>{ $child }</b>: no parent has come yet, so nobody would get the note.

    The class teacher or an administrator can give an invitation.
note-invite-somebody = Invite a parent
note-invite = Invite: { $name }
note-which-kind = <b>{ $child }</b>. What is it about?
note-pick-success = 🌟 Praise
note-pick-concern = 💬 Something to talk about
note-pick-information = 📌 Just to let them know
note-sign-success = 🌟
note-sign-concern = 💬
note-sign-information = 📌
note-kind-success = something to be glad about
note-kind-concern = something to talk about
note-kind-information = news from school
note-ask-success = <b>{ $child }</b>. What went well? One sentence is enough.
note-ask-concern = <b>{ $child }</b>. What worries you, and what could help at home? One sentence is enough.
note-ask-information = <b>{ $child }</b>. What should the parents know? One sentence is enough.
note-preview = This is what the parents will see:
note-recipients = Will get it:
note-recipients-absent = Not here yet:
note-recipients-stopped = ⛔ Have closed the bot: { $names }. The note comes through when they open it again. If it cannot wait, call or send a letter.
note-send = Send
note-edit = Change the text
note-sent = Done! The note about <b>{ $child }</b> is sent.
note-held =
    It is quiet hours now, so the parents will get it { $day ->
        [today] today
        [tomorrow] tomorrow
       *[later] on { $date }
    } at { $time }.
note-held-teacher =
    It is quiet hours now: the teacher will see it { $day ->
        [today] today
        [tomorrow] tomorrow
       *[later] on { $date }
    } at { $time }.
note-already-sent = This note has been sent, changed or cancelled already. Open /notes.
note-sent-already = Sent already.
note-you = you

notes-empty = You have not written to any parents yet. Begin with good news!
notes-title = <b>My notes</b>, the newest first
notes-item = { $date } { $kind } <b>{ $children }</b>
notes-words = “{ $text }”
notes-state = • { $who }: { $state }
notes-state-of = • { $child }: { $who } — { $state }
note-state-talked = talked
note-state-call = asks for a call 📞
note-state-answered = answered
note-state-read = read
note-state-delivered = delivered
note-state-unreachable = not delivered: the bot is blocked or closed
note-state-waiting = waiting to be sent
note-state-failed = not delivered: Telegram refused the message
note-state-off = has turned teachers’ notes off
note-state-closed = access has been withdrawn
note-state-absent = not here yet
note-said = <b>{ $at }, { $who }:</b>
note-said-erased = <b>{ $at }, { $who }:</b> <i>text erased</i>
note-said-call = <b>{ $at }, { $who }:</b> 📞 please call
note-text-erased = text erased
note-thread-cut = <i>…earlier answers did not fit</i>
class-which = Which class?
class-title = <b>Class { $class_name }</b>: how many parents use the bot, and when they last heard anything from us.
class-line = { $name } — { $came }/{ $of }, { $heard }
class-alone = nobody to get it
class-never = nothing yet
class-days =
    { $days ->
        [0] today
        [one] { $days } day ago
       *[other] { $days } days ago
    }
class-write = Write to parents
class-invite = Invite parents

note-message =
    { $sign } <b>{ $child }</b>: { $kind }
    From { $teacher }
note-action-read = I have read it
note-action-answer = Answer
note-action-call = Call me
note-read-thanks = Thank you! The teacher will see that you have read it.
note-read-already = It is marked already, thank you.
note-call-thanks = Passed on. The teacher knows that you are waiting for a call.
note-call-already = You have asked for a call already. The teacher knows.
note-ask-answer = What shall we pass on? Write it, and { $teacher } will get your answer.
note-answered = Thank you! Your answer goes to { $teacher }
note-ask-reply = <b>{ $child }</b>, { $relation }. What is your answer?
note-replied = Done, your answer is sent.
note-message-reply =
    <b>{ $child }</b>. { $teacher } answers you:
note-message-answer =
    <b>{ $child }</b>, { $class_name }. Answer from: { $relation }
note-message-call = 📞 <b>{ $child }</b>, { $class_name }: { $relation } asks you to call.
note-reply = Answer
note-thread = The whole exchange
note-talked = 📇 We have talked
note-talked-already = It is noted already: you have talked.
note-pass-on-ask = Who is this for? Press a button, and your message goes out word for word. Or choose what you need:
note-pass-on = Pass on to { $teacher } ({ $child })
note-passed-already = It is passed on already.
error-note-content = You may send text, a photo, a video, a voice message or a file. A sticker or a place on the map cannot be passed on.

children-child = <b>{ $child }</b>, class { $class_name }
children-nothing = The teachers have not written yet.
children-note =
    { $sign } { $date }, { $teacher }
    { $text }
children-earlier = All notes: { $child }
children-all = <b>{ $child }</b>: all notes from teachers
children-none = You have no child on the list now. If this is a mistake, write to the class teacher.

error-note-nameless = Parents should see who is writing. Please say your name first: press /start.
error-note-pupil-gone = This pupil is no longer in your classes, so the note was not sent.
error-note-nobody = { $child }: no parent is connected now. The note was not sent, there is nobody to get it.
error-note-guardian-gone = This parent no longer uses the bot. Please call them.
error-note-teacher-gone = This teacher no longer uses the bot. Please call the school.
note-digest = { $sign } <b>{ $child }</b>: { $kind }. From { $teacher }
note-digest-open = { $child }: { $teacher }

# Several pupils, times, files

note-several = Several
note-whole-class = The whole class
note-choose = <b>Class { $class_name }</b>. Mark those it is about.
note-chosen =
    Done: { $count ->
        [one] { $count } pupil
       *[other] { $count } pupils
    }
note-no-register = Nobody is being supported at the moment, so there is nobody to write about.
note-which-register = Who is it about?
note-unclear-class = This is none of your classes. Press one, or write it, for example: 5А.
note-unclear-name = There is no such name here. Press a pupil, or write a first name or a surname.
note-unclear-many = There are several of that name. Press one, or write first name and surname.
note-unclear-kind = Press first what it is about, then write the words.
note-which-kind-many =
    A note about { $count ->
        [one] { $count } pupil
       *[other] { $count } pupils
    }. What is it about?
note-alone-many = No parent of these pupils has come yet, so nobody would get the note.
note-ask-many-success = What went well? Every family will see the name of their own child.
note-ask-many-concern = What worries you, and what could help at home? Every family will see the name of their own child.
note-ask-many-information = What should the parents know? Every family will see the name of their own child.
note-ask-files = You may send a photo, a video, a voice message or a file, with words or without.
note-with-album = 📎 The album goes with the note.
note-with-files =
    { $count ->
        [one] 📎 { $count } file goes with the note.
       *[other] 📎 { $count } files go with the note.
    }
note-surnames = ⚠️ There seems to be a surname in it: { $names }. Better without: it goes through Telegram.
note-no-files =
    { $count ->
        [one] Leave the file out
       *[other] Leave the files out
    }
note-files =
    📎 { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
note-urgent = ❗ Urgent
note-edited = ✏️ Corrected by the teacher
note-preview-many = This is what the parents will see ({ $child } as an example; every family sees the name of their own child):
note-recipients-many =
    { $guardians ->
        [one] { $guardians } parent will get it.
       *[other] { $guardians } parents will get it.
    }
note-recipients-alone = Nobody is here for: { $names }.
note-recipients-stopped-many =
    ⛔ { $count ->
        [one] { $count } parent has closed the bot and gets the note when they open it again
       *[other] { $count } parents have closed the bot and get the note when they open it again
    }: { $names }. If it cannot wait, call or send a letter.
note-goes-at = 🕗 Goes out on { $moment }.
note-make-urgent = ❗ Urgent
note-make-usual = Not urgent
note-later = 🕗 Later
note-later-change = 🕗 Another time
note-keep = 📄 Keep as a template
note-kept = Kept among your templates.
note-kept-already = There is such a template already.
note-send-later = Send at that time
note-later-ask = When shall it go? Choose, or write, for example: tomorrow 18:00.
note-later-at =
    { $day ->
        [today] Today
       *[tomorrow] Tomorrow
    } at { $hour }
note-later-not = At once after all
note-later-past = That time is past. Choose another.
note-sent-many =
    Done! The note about { $count ->
        [one] { $count } pupil
       *[other] { $count } pupils
    } is sent.
note-sent-urgent = An urgent note comes at once, in quiet hours too.
note-sent-urgent-later = It is urgent: it comes at that time, in quiet hours too.
note-planned = Done! The note goes out on { $moment }. Until then it can be changed or cancelled.
note-gone =
    { $count ->
        [one] { $count } pupil is not in your classes any more: no note was sent about them.
       *[other] { $count } pupils are not in your classes any more: no note was sent about them.
    }
note-look = Look
note-take-back = Take back
note-take-back-ask = Take the note back? Those who have got it will see “the teacher has withdrawn this note” in its place.
note-take-back-sure = Yes, take it back
note-taken-back = Done, the note is taken back.
note-change = Correct
note-change-ask = Send the whole text as it should be. Now it says:
note-changed = Done, corrected. Those who have got the note will see the new text, marked as corrected.

# Templates

note-templates = 📄 My templates
note-templates-none = There are no templates yet. Write a note and press “Keep as a template” before you send it.
note-templates-title = <b>My templates.</b> They are offered when you write a note of the same kind. Press one to delete it.
note-template-ask = Delete this template?
note-template-delete = Yes, delete
note-template-not = No, keep it

# What became of the notes

notes-withdrawn = 🚫 taken back
notes-contact = { $date } 📇 <b>{ $children }</b>, { $channel }
notes-sum = • delivered { $delivered } of { $of }, read { $read }, answers { $answered }
notes-files =
    { $count ->
        [one] 📎 Open the file
       *[other] 📎 Open the files
    }
notes-unread = Not read in 2 days: { $count }
notes-unread-none = Nobody has been silent for more than two days. Thank you for writing!
notes-unread-title = <b>Delivered more than two days ago and not marked as read.</b>
notes-unread-line = { $number }. { $who } ({ $child }, { $date })
notes-unread-done = — reminded
notes-unread-called = — asked to call
notes-remind = 🔔 Remind
notes-call = 📞 Ask to call
notes-remind-all = 🔔 Remind all ({ $count })
notes-reminded-all = Reminded: { $count }.
notes-unread-legend = 🔔 to remind, 📞 to ask for a call.
notes-reminded = Reminded.
notes-called = Asked to call.
notes-threads = 💬 Conversations
notes-threads-new = 💬 Conversations, new: { $count }
threads-none = There are no conversations yet. One begins when a parent answers a note.
threads-title = <b>Conversations with parents.</b> 🔵 means that you have not seen the answer yet.
threads-item = { $mark } { $child }, { $class_name }: { $relation }
thread-title = <b>{ $child }</b>, { $class_name }. Conversation: { $who }
thread-note = <b>{ $at }, note</b> { $sign } { $text }
thread-contact = <b>{ $at }</b> 📇 { $what }
class-silent =
    🔇 marks silent families: for { $days ->
        [one] { $days } day
       *[other] { $days } days
    } nothing has reached them, or they have acknowledged nothing.
class-write-silent = Write to silent families ({ $count })
class-stopped = ⛔ means that the parents have closed the bot. Until they open it again, no message comes through.
class-beyond = The bot cannot reach the families of: { $names }. A slip with an invitation or a call will.
note-message-withdrawn = 🚫 <b>{ $child }</b>: the teacher has withdrawn this note. It was from { $teacher }
note-message-reminder =
    { $count ->
        [1] A reminder: a note of { $date } is waiting for you.
       *[other] A reminder: { $count } notes are waiting for you, see “My children”. The latest, of { $date }:
    } { $note }
note-message-call-me = 📞 <b>{ $child }</b>: { $teacher } asks you to call when it suits you.
children-withdrawn = the teacher has withdrawn the note
children-thread = 💬 { $child }: { $teacher }

# Contacts outside the bot

contact-log = 📇 Note a call or a meeting
contact-who = Who was it about?
contact-how = <b>{ $name }</b>. How did you get in touch?
contact-phone = 📞 a call
contact-paper = 📄 a letter
contact-meeting = 🤝 a meeting
contact-with-phone = 📞 Call: { $who }
contact-with-paper = 📄 Letter: { $who }
contact-with-meeting = 🤝 Meeting: { $who }
contact-all = all together
contact-words = <b>{ $child }</b>. What was it about? One sentence is enough.
contact-skip = Save without words
contact-saved = Noted: { $channel }, <b>{ $child }</b>. It counts as news to the parents.
contact-sign = 📇
contact-done-phone = talked by phone
contact-done-paper = passed on in writing
contact-done-meeting = talked in person
contact-told =
    📇 <b>{ $child }</b>: { $what }, { $date }
    { $teacher }
contact-take-back = Remove this
contact-take-back-ask = Remove this entry? The contact will no longer count.
contact-take-back-sure = Yes, remove it
contact-taken-back = Done, the entry is removed.

# What guardians are to the child

kin-mother = mother
kin-father = father
kin-grandmother = grandmother
kin-grandfather = grandfather
kin-written-mother = mother
kin-written-father = father
kin-written-grandmother = grandmother
kin-written-grandfather = grandfather

error-note-withdrawn-already = This note is taken back already.
error-note-was-withdrawn = The teacher has withdrawn this note.
error-note-late = More than 10 minutes have passed: it cannot be taken back or corrected any more. Write a new note.
error-note-when =
    It can go out no earlier than now and no later than in { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.
error-note-templates = You have { $max ->
        [one] { $max } template
       *[other] { $max } templates
    } already: there is no room for more. Delete one.
error-note-reminded = They have been reminded of this note already.
error-contact-nobody = { $child }: there is no parent on the list. Add one by an invitation first.
error-files-max =
    No more than { $max ->
        [one] { $max } file
       *[other] { $max } files
    } at a time. The first { $max } are kept.
