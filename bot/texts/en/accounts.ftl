# Coming in, the menu, language, privacy

welcome-staff =
    { $school } invites you to the school's bot.

    <b>{ $name }</b>, { $position }.
welcome-guardian =
    { $school } invites you to the school's bot.

    Teachers will send you short notes on how your child is doing: <b>{ $child }</b>, class { $class_name }. You can answer with one press.
welcome-first-admin =
    { $school }: the bot is ready, and the configuration names you as an administrator.

    With your consent you can start inviting staff and parents.

consent-give = I agree, go on
consent-join = Yes, join
consent-given-already = You are with us already: you gave your consent before. To see or erase your data: /privacy.
consent-refused = All right. Nothing has been kept. Should you change your mind, open the invitation again.
joined = Done, you are in!
start-guest =
    Hello! This is the bot of a school: { $school }.

    To come in you need an invitation. Parents get it from the class teacher (a slip with a QR code), staff from the administration. Open the link on the slip, point your camera at the code or send the link here.

who-are-you = What is your name? Choose yourself from the list or type it.
introduced = Nice to meet you, { $name }! Now you can invite staff and load the class lists.

menu = What can I do for you?
menu-empty = You are not linked to any pupil or position at the moment. If that is a mistake, tell the class teacher: they can invite you again.
cancelled = All right, stopped. Nothing has been sent.
cancelled-step = All right, stopped.
cancelled-nothing = There is nothing to cancel.
fallback =
    I did not get that. { $hint }
fallback-hint-person = Here is what you can do:
fallback-hint-guest = To come in, open the invitation from school or send the link on the slip here.
fallback-step = I am waiting for a different answer. Try again, or /cancel to leave.
fallback-edited = I do not see corrections of earlier messages. Please send a new one.
old-button = This button no longer works. Open /menu: everything there is fresh.
private-only = I only work in private chats.

language-ask = Which language shall I speak?
language-ru = Русский
language-en = English
language-set = Done, I speak English now.
language-guest = I speak the language of your Telegram. You can choose another one once you are in: until then I remember nothing.

go-menu = Menu
go-cancel = Cancel
go-no-consent = Not now
go-children = My children
go-note = Write to parents
go-notes = My notes
go-class = My class
go-tasks = My tasks
go-declare = What I use
go-documents = Documents, practices
go-feedback = Write to the school
go-tickets = Letters to the school
go-surveys = Surveys
go-events = Events
go-status = Indicators
go-reading = Record a value
go-report = Report for the district
go-activities = Activities
go-survey = Run a survey
go-event = ⚙ All the school’s events
go-invite = Invite
go-staff = Staff
go-roster = Classes
go-audit = 📜 Audit trail

command-menu = Main menu
command-help = What the bot does
command-cancel = Leave the current step
command-quiet = Quiet hours, and what comes
command-language = Language / Язык
command-privacy = My data
command-children = My children
command-note = Write to parents
command-notes = Notes sent
command-class = My class
command-tasks = My tasks of the programme
command-declare = What is used in lessons
command-documents = Documents and the bank of practices
command-feedback = Write to the school
command-tickets = Letters waiting for an answer
command-surveys = Surveys for me
command-events = The school’s events
command-status = Indicators of the programme
command-reading = Record an indicator's value
command-report = Report for the district: workbook and document
command-activities = Activities of the programme
command-survey = Run a survey
command-event = An event: invite, mark who came
command-invite = Invite staff or a parent
command-staff = Staff
command-roster = Classes and pupils
command-audit = Who changed what, and when

help-guest = This is a school's bot. To come in, open your invitation: the link or QR code from school.
help-admin =
    <b>For administrators</b>
    /status — all indicators of the programme and what is behind
    /activities — activities: who and when, accept a report
    /declare — what teachers use, visits to lessons
    /documents — agreements, minutes, practices: add, accept, what runs out soon
    /survey — survey the parents
    /event — a meeting, workshop, party: invite, move, mark who came
    /risk — the support list and learning routes
    /note, /notes, /class — write to parents, who has read, who has heard nothing for long
    /invite, /staff, /roster — people and classes
    /reading — record an indicator's value
    /report — the report for the district: workbook and document
    /audit — who changed what, and when
help-teacher =
    <b>For teachers</b>
    /note — write to parents: four presses and one sentence
    /notes — who has read, what they answered
    /class — whose parents have heard nothing for long
    /risk — who needs support: the list and the learning routes
    /declare — tick once a quarter what you use
    /documents — the bank of practices, your practices and training
help-responsible =
    <b>For those responsible</b>
    /tasks — your activities, deadlines and reports
help-specialist =
    <b>For specialists</b>
    /risk — the support list and learning routes
    /note, /notes — write to parents, who has read
help-staff =
    <b>For all staff</b>
    /tickets — parents' letters that wait for an answer
    /findings — what the school has heard, and what is done about it
    /events — events of the school and of your classes
    /surveys — surveys for you
help-guardian =
    <b>For parents</b>
    /children — what teachers write about your child
    /feedback — ask, suggest, complain or thank the school
    /surveys — the school's surveys
    /events — where the school invites you, sign up with one button
help-common = /quiet — when to write to you, /language — language, /privacy — your data, /cancel — leave any step.

error-not-found = There is no such thing, or it is not yours.
error-internal = Something broke on our side. What you wrote before is kept; please try again. If it happens again, tell the school this number: { $id }.
error-code-wrong = There is no such invitation. Check the link or ask for a new one.
error-code-used = This invitation has been used. If it was not you, tell the class teacher.
error-code-own = You are in already, the invitation is not needed again. Open /menu.
error-code-withdrawn = This invitation was withdrawn. Ask for a new one.
error-code-expired = This invitation has expired. Ask for a new one.
error-too-many-codes = Too many wrong codes. Try again in an hour.
error-too-fast = You write faster than I can follow. The last one was not taken in: wait ten seconds, then send it again.
error-already-staff = You are on the staff list already. If your position has changed, tell the administrator.
error-already-guardian = You get the notes about this child already: { $child }.
error-already-came = No invitation needed: { $name } is in already.
error-name-length = A name has 2 to 100 characters. Please type it again.
error-staff-exists = { $name } is on the staff list already.
error-text-length = Too long: at most { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    }, this has { $length }. Please shorten it and send it again.
error-text-empty = I need a text. Please write it in words.

# Invitations and staff

invite-who = Whom shall we invite?
invite-staff = A member of staff
invite-guardians = Parents
invite-name =
    Surname and initials?{ $known ->
        [yes] { " " }Choose from the programme or type.
       *[no] { "" }
    }
invite-position = { $name }: what are they at school?
position-teacher = Teacher
position-deputy = Deputy director
position-director = Director
position-specialist = Specialist of the psychological service
position-other = Other staff
position-admin = Administrator
invite-classes =
    { $name }: which classes?

    Press once — teaches, twice — class teacher (★), three times — remove.
invite-classes-done = Done
invite-no-classes = There are no classes yet: load the class lists (/roster) and they will be here.
invite-ready-staff =
    Invitation for <b>{ $name }</b>

    { $link }

    Works once, for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. Forward the link or show the QR code.
invite-ready-guardian =
    Invitation: <b>{ $pupil }</b>, { $who }.

    { $link }

    Works once, for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. Forward the link or show the QR code.
staff-title = <b>Staff</b>: { $total }, of whom { $connected } use the bot.
staff-empty = Nobody on the staff yet. Invite the first.
staff-connected = uses the bot
staff-invited = invited
staff-waiting = not invited yet
staff-card =
    <b>{ $name }</b>
    { $position }, { $state }.
staff-invite-again = New invitation
staff-withdraw = Withdraw the invitation
staff-withdrawn = The invitation is withdrawn.
staff-classes = Classes
staff-dismiss = No longer works here
staff-dismiss-ask = { $name } no longer works at the school? Access ends at once, what they did stays.
staff-dismiss-sure = Yes, end access
staff-dismissed = Access ended: { $name }
staff-back = Back to the list
invite-which-class = Parents of which class?
invite-place = { $pupil } — { $who }
invite-place-add = { $pupil } — add an adult
invite-places = <b>Class { $class_name }</b>: { $came } of { $total } use the bot. Whom shall we invite?
relation-guardian = guardian
error-guardians-max = A pupil can have at most { $max ->
        [one] { $max } adult
       *[other] { $max } adults
    } here.

# Quiet hours

go-quiet = When to write to me
quiet-title = <b>When to write to you</b>
quiet-now = 🌙 Quiet hours: <b>{ $start }–{ $end }</b>, as you chose.
quiet-now-school = 🌙 Quiet hours: <b>{ $start }–{ $end }</b>, as for the whole school.
quiet-now-none = 🌙 No quiet hours: messages come at any time.
quiet-about = During quiet hours the bot keeps still and sends everything afterwards. Only what is urgent comes at once. Times are the school's.
quiet-topics = <b>What comes, and how</b>
quiet-topic-line = { $sign } { $topic }: { $manner }
quiet-topic-notes = Teachers' notes
quiet-topic-routes = Your child's learning route
quiet-topic-surveys = Surveys
quiet-topic-events = Meetings and events
quiet-topic-feedback = Letters: closed, passed on (answers always come)
quiet-manner-at_once = at once
quiet-manner-digest = in one message in the evening, at { $at }
quiet-manner-off = not at all
quiet-topics-how = Press a line to change it: at once → in the evening → not at all. What is urgent always comes.
quiet-ready-none = No quiet hours
quiet-ready-school = As at school
quiet-typed = Other hours
quiet-ask = Which hours shall be quiet? Write, for example: 22–7 or 21:30–8.
quiet-back = Back
quiet-saved = Done, I will keep to it.
error-hours = I did not get the hours. Write two times with a dash, for example: 22–7 or 21:30–8.
