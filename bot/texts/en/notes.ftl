# Notes to parents and their answers

note-no-classes = You have no class yet. Tell an administrator, who will put that right.
note-which-class = Who is it about? The class first.
note-no-pupils = Class { $class_name }: nobody is on the list yet.
note-which-pupil = <b>Class { $class_name }</b>. Who is it about?
note-pupil-alone = ✉️ { $name }
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
note-send = Send
note-edit = Change the text
note-sent = Done! The note about <b>{ $child }</b> is sent.
note-held =
    It is quiet hours now, so the parents will get it { $day ->
        [today] today
       *[tomorrow] tomorrow
    } at { $time }.
note-held-teacher =
    It is quiet hours now: the teacher will see it { $day ->
        [today] today
       *[tomorrow] tomorrow
    } at { $time }.
note-already-sent = This note has been sent or cancelled already.
note-you = you

notes-empty = You have not written to any parents yet. Begin with good news!
notes-title = <b>My notes</b>, page { $page } of { $pages }
notes-item = { $date } { $kind } <b>{ $children }</b>
notes-words = “{ $text }”
notes-state = • { $who }: { $state }
notes-newer = ← Newer
notes-older = Older →
note-state-call = asks for a call 📞
note-state-answered = answered
note-state-read = read
note-state-delivered = delivered
note-state-unreachable = not delivered: the bot is blocked or closed
note-state-waiting = waiting to be sent
note-state-absent = not here yet
note-said = <b>{ $at }, { $who }:</b>
note-said-erased = <b>{ $at }, { $who }:</b> <i>text erased</i>
note-thread-cut = <i>…earlier answers did not fit</i>
note-write-to = Write to: { $who }

class-which = Which class?
class-title = <b>Class { $class_name }</b>: how many parents are here, and when they last got a note.
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

children-child = <b>{ $child }</b>, class { $class_name }
children-nothing = The teachers have not written yet.
children-note =
    { $sign } { $date }, { $teacher }
    { $text }
children-none = You have no child on the list now. If this is a mistake, write to the class teacher.

error-note-nameless = Parents should see who is writing. Please say your name first: press /start.
error-note-pupil-gone = This pupil is no longer in your classes, so the note was not sent.
error-note-nobody = { $child }: no parent is connected now. The note was not sent, there is nobody to get it.
error-note-guardian-gone = This parent no longer uses the bot. Please call them.
error-note-teacher-gone = This teacher no longer uses the bot. Please call the school.
note-digest = { $sign } <b>{ $child }</b>: { $kind }. From { $teacher }
note-digest-open = { $child }: { $teacher }
