# Events: invitations, signing up, who came

events-none = Nothing is planned yet. As soon as the school plans something, the invitation comes here.
events-list =
    <b>Events</b>

    ✓ you have signed up, ✖ cancelled.
events-back = All events
event-when = 🗓 { $when }
event-where = 📍 { $place }
event-whom = 👥 { $whom }
event-whom-parents = parents: { $where }
event-whom-pupils = pupils: { $where }
event-whom-staff = the school’s staff
event-whole-school = the whole school
event-level-noo = grades 1–4
event-level-ooo = grades 5–9
event-level-soo = grades 10–11
event-classes = { $names }
event-no-classes-yet = no classes chosen yet
event-organiser = Run by: { $name }
event-you-come =
    ✅ <b>You have signed up:</b> { $people ->
        [one] { $people } person
       *[other] { $people } people
    }
event-you-do-not = You answered that you are not coming. Changed your mind? Just press a button.
event-alone = I am coming
event-several = { $people } of us
event-more = More…
event-not = I cannot
event-fewer = −1
event-more-one = +1
event-change-mind = I cannot come
event-how-many = How many of you, yourself included? Press or type a number from 1 to { $max }.
event-back = Back
event-details = Details
event-calendar = 📅 To my calendar
event-calendar-renew = 📅 Update my calendar
event-calendar-remove = 📅 Remove from my calendar
event-calendar-hint = Open the file on your phone, and it offers to put this into your calendar.
event-calendar-hint-gone = Open the file on your phone, and the event leaves your calendar.
event-has-begun = It has begun, signing up is closed. You can simply come.
event-is-cancelled = ✖ <b>Cancelled.</b> { $reason }
event-toast-come =
    { $people ->
        [one] You are on the list. See you there!
       *[other] On the list: { $people } of you. See you there!
    }
event-toast-not = All right. Thank you for letting us know!

event-message = The school invites you:
event-message-moved = ⚠️ <b>Moved.</b> It is now:
event-was-when = It was: { $when }
event-was-where = It was at: { $place }
event-message-cancelled = ✖ <b>Cancelled</b>, please do not come:
event-reason = Why: { $reason }
event-message-reminder = A reminder: you were going to come.
event-message-organiser = You run an event:
event-message-organiser-mark = Once it begins, mark here who came.
event-message-mark = The event is over. Please mark who came and how many people there were:
event-digest = 📅 Invitation: { $title }, { $when }
event-digest-moved = 📅 Moved: { $title }, now { $when }

event-none = There are no events yet. Create the first one: five short questions.
event-list =
    <b>The school’s events</b>

    ✏ draft, 📅 announced, ✍ mark who came, ✅ took place, ✖ cancelled.
event-new = ➕ New event
event-manage = ⚙ Manage
event-back-all = All events
event-see = Have a look
event-ask-title = What is it called? Briefly, such as “Parents’ evening 5А” or “Workshop: helping with homework”.
event-ask-day = When? Choose a day, or type day and time at once, such as: tomorrow 18:00.
event-ask-time = <b>{ $day }</b>. When does it begin? Choose or type, such as 17:30.
event-ask-length = It begins: <b>{ $when }</b>. Until when? Choose or type, such as 19:15.
event-until = until { $time }
event-ask-place = Where? Choose or type: a room, a hall, an address.
event-ask-description = What is it about, what should people bring? A few sentences.
event-ask-photo = Send one photo or poster.
event-ask-classes = For whom? Choose the classes, and which adults to invite.
event-no-classes = There are no classes yet: first bring in the list of pupils (/roster). Only staff can be invited.
event-group-all = The whole school
event-group-noo = 1–4
event-group-ooo = 5–9
event-group-soo = 10–11
event-classes-done = Done
event-ask-flags = Mark what fits. The programme’s indicators are counted by these marks.
event-flags-done = Done
event-flag-for_parents = Parents
event-flag-for_staff = Staff
event-flag-preventive = Prevention of school failure
event-flag-with_specialist = With a specialist of the psychological service
event-flag-growth_point = In the “Growth Point” centre
event-flags = Marks: { $flags }
event-ask-organiser = Who runs it?
event-organiser-none = not chosen yet
event-draft = ✏ <b>Draft.</b> Nobody sees it yet. Guests will see:
event-has-photo = 🖼 With a photo
event-invites-nobody = No adults are invited: the event only goes into the plan and the indicators.
event-album = The first photo of the album was taken: one is enough.
event-publish = 📣 Announce and invite
event-edit-classes = For whom
event-edit-flags = Marks
event-edit-title = Title
event-edit-times = Time
event-edit-place = Place
event-edit-description = Description
event-edit-photo = Photo
event-edit-organiser = Who runs it
event-edit-no_description = Remove description
event-edit-no_photo = Remove photo
event-drop = Delete the draft
event-drop-ask = Delete the draft “{ $title }”?
event-drop-sure = Yes, delete
event-drop-not = No, keep it
event-dropped = The draft is deleted.
event-published =
    Announced! { $people ->
        [one] { $people } person gets the invitation.
       *[other] { $people } people get the invitation.
    }
event-published-nobody = Done, the event is in the plan. There was nobody to invite.
event-signed =
    Signed up: { $families ->
        [0] nobody yet
        [one] { $families } answer, people in all: { $people }
       *[other] { $families } answers, people in all: { $people }
    }
event-was-held =
    ✅ <b>Took place</b>, { $people ->
        [one] { $people } person came
       *[other] { $people } people came
    }
event-mark-hint = Mark who came, and confirm that the event took place.
event-move = Move
event-cancel = Cancel the event
event-ask-move-place = And where? Choose or type.
event-same-place = Same place: { $place }
event-move-ask = Moving <b>{ $title }</b>. It becomes:
event-move-told =
    { $families ->
        [0] Nobody has signed up yet; those invited will be told.
        [one] { $families } person who signed up will be told, and everybody invited.
       *[other] { $families } who signed up will be told, and everybody invited.
    }
event-move-sure = Yes, move it
event-move-not = No, leave it
event-moved =
    Moved. { $people ->
        [0] The invitations are corrected.
        [one] { $people } person who signed up is told, the invitations are corrected.
       *[other] { $people } who signed up are told, the invitations are corrected.
    }
event-ask-reason =
    Cancelling <b>{ $title }</b>. Why? Write one sentence: { $families ->
        [0] those invited will see it.
        [one] { $families } person who signed up gets it.
       *[other] { $families } who signed up get it.
    }
event-ask-reason-late = <b>{ $title }</b> did not take place? Write why: it stays in the plan, parents are sent nothing.
event-cancel-ask = Cancel <b>{ $title }</b>?
event-cancel-told =
    { $families ->
        [0] Nobody has signed up; those invited will see it in their invitation.
        [one] { $families } who signed up will be told.
       *[other] { $families } who signed up will be told.
    } To change the words, type them anew.
event-cancel-sure = Yes, cancel the event
event-cancel-not = No, do not cancel
event-cancelled-told =
    Cancelled. { $people ->
        [one] { $people } person who signed up is told.
       *[other] { $people } who signed up are told.
    }
event-cancelled-nobody = Cancelled.

event-who-came = ✍ Who came
event-board = <b>{ $title }</b>: who came
event-came =
    Marked: { $families ->
        [0] nobody yet
       *[other] { $families }, with those they brought { $people }
    }
event-board-classes = Somebody came without signing up? Find them by class:
event-all-came = All who signed up came
event-all-came-toast = All who signed up are marked.
event-list-signed = Who signed up
event-list-staff = Staff
event-list-class = Class { $class_name }
event-list-hint = Press a name: came; again: did not.
event-list-empty = There is nobody here.
event-list-done = Done
event-list-more = Mark more
event-held = ✅ The event took place
event-held-again = Correct the number of people
event-ask-headcount =
    How many people came in all? Type the number{ $families ->
        [0] .
       *[other] { " " }or agree with what is marked: { $people }.
    }
event-headcount-right = Came: { $people }
event-held-done =
    On record: the event took place, { $people ->
        [one] { $people } person came
       *[other] { $people } people came
    }. Thank you!

error-event-past = That time has passed. Write another one, such as: tomorrow 18:00.
error-event-far = That is more than a year away. Please check the date.
error-event-end = The end must be after the start (by a week at most). Write until when, such as 19:00.
error-event-people = A number from 1 to { $max } is possible here. If there are more of you, please call the school.
error-event-started = Signing up is closed: the event has begun. You can simply come.
error-event-cancelled = This event is cancelled.
error-event-over = This event is over and cannot be changed.
error-event-early = You can mark who came once the event begins.
error-event-published = The event is announced already. It can be moved or cancelled.
error-event-organiser = First choose who runs the event.
error-event-audience = First choose for which classes it is.
error-event-photo = A photo is needed. Please send a picture.
error-event-same = Nothing has changed: same time, same place.
error-event-moved = The event has been moved already.
error-event-headcount = Write a number from 1 to { $max }: how many people came.
