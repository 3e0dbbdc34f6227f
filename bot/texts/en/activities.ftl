# The programme's activities: tasks of those responsible, reports, reminders

activity-left = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
activity-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
activity-line = { $sign } <b>{ $title }</b>: { $due }, { $left }
activity-line-done = { $sign } { $title }: { $due }
activity-pick = { $sign } { $date } · { $title }
activity-more = and { $count } more

tasks-title = <b>My tasks</b>
tasks-now = <b>Now</b>
tasks-upcoming = <b>Soon</b>
tasks-done = <b>Done</b>
tasks-nothing-now = There is nothing to do right now.
tasks-back = To my tasks

task-due = Due: <b>{ $due }</b>, { $left }
task-due-done = Due: { $due }
task-due-planned = By the programme: { $due }
task-whose = Responsible: { $name }
task-whose-nobody = Responsible: nobody yet
task-given-to-you = 📌 It was given to you.
task-by-document = Responsible by the programme: { $name }
task-refused = The answer was "not mine":
task-date-asked = A request to move it to { $day } waits for the school's leaders.
task-date-refused = It could not be moved to { $day }:
task-state-open = Not done yet.
task-state-started = In progress since { $day }.
task-state-reported = Reported; the school's leaders have yet to answer.
task-state-accepted = Accepted. Thank you!
task-state-returned = The report came back: something is to be added.
task-report = <b>Report</b>, { $name }, { $day }:
task-comment = <b>The school's leaders say:</b>
task-done = Done
task-start = In progress
task-move = Move the date
task-move-other = Another date
task-decline = Not mine
task-see = Open
task-back = To the task
task-files = { $count ->
    [one] 📎 { $count } file with the report
   *[other] 📎 { $count } files with the report
}
task-files-of = Files with the report: <b>{ $title }</b>
task-started = All right! I will remind you three days before it is due.
task-started-soon = All right! Good luck with it.
task-ask-report =
    <b>{ $title }</b>, due { $due }

    What has been done? Two or three sentences will do, { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } at the most.
    You can add photos or files, { $files } at the most.
task-draft =
    <b>{ $title }</b>, due { $due }
    Your report:
task-draft-files = 📎 { $count ->
    [one] { $count } file added
   *[other] { $count } files added
}
task-draft-album = 📎 The files of the album are added
task-draft-more = You can add a photo or a file. To change the words, just write them again.
task-draft-words = Now write what has been done: a sentence or two will do.
task-send = Send
task-reported = Thank you! The report has gone to the school's leaders: <b>{ $title }</b>, due { $due }.
task-ask-day =
    <b>{ $title }</b>, due { $due }

    To which day? Pick one or type it, such as 15.12.
task-ask-reason =
    <b>{ $title }</b>
    The new date: <b>{ $day }</b>

    Why does it have to move? One sentence will do, { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } at the most.
task-asked = The school's leaders have your request: <b>{ $title }</b>, the new date { $day }. I will write as soon as they answer.
task-moved = Moved: <b>{ $title }</b>, now due { $day }.
task-ask-refusal =
    <b>{ $title }</b>

    Write in a word or two why it is not yours, and the school's leaders will give it to somebody else. { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } at the most.
task-declined = All right, it is not with you any more: <b>{ $title }</b>. The school's leaders will decide who does it.

activities-title = <b>The programme's activities</b>
activities-direction = <b>{ $number }. { $title }</b>
activities-line = { $sign } { $title }, { $due }
activities-line-none = ➖ { $title }
activity-all-reported = reported, waits for an answer
activities-legend = ✅ accepted · 🟡 reported · 🔴 late · ↩️ returned · ⚪ ahead · ❓ nobody to remind
activities-absent =
    ❓ Nobody to remind: { $names }
    “Nobody to remind” shows whom to invite to the bot, and what to give to somebody else.
activities-refused = { $name } (answered “not mine”)
activities-reports = { $count ->
    [one] { $count } report waits for an answer
   *[other] { $count } reports wait for an answer
}
activities-requests = { $count ->
    [one] { $count } request for another date
   *[other] { $count } requests for another date
}
activities-nobody = ❓ Nobody to remind
activities-nobody-title =
    <b>Nobody to remind</b>

    The button with the arrow gives it to somebody else. Where there is a second one, it invites whoever is responsible.
activities-nobody-none = Everything has somebody responsible, and all of them are with the bot.
activities-back = To all activities
activity-back = To the activity
activity-calendar = 📅 My dates as a calendar
activity-calendar-all = 📅 All dates as a calendar
activity-calendar-hint = Open the file, and the dates stand in your phone's calendar. When something is moved, fetch it again: the dates are brought up to date.
activity-calendar-none = There are no dates ahead.

activity-plan = When, by the programme: { $deadline }
activity-responsible = Responsible: { $names }
activity-none = There are no dates in the coming year.
activity-part = • { $name }: { $state }
activity-part-open = not done yet
activity-part-started = in progress
activity-part-reported = reported
activity-part-accepted = accepted
activity-part-returned = returned
activity-part-absent = not with the bot yet
activity-part-nobody = nobody yet
activity-part-refused = answered "not mine", needs somebody else
activity-part-passed-on = { $line } (by the programme { $name })
activity-part-moved = { $line }, moved to { $due }
activity-parts = Who is responsible, { $date }
activity-parts-title =
    <b>{ $title }</b>, { $due }

    Whose part?
activity-give = Give to somebody else
activity-give-ask =
    <b>{ $title }</b>, due { $due }
    Responsible by the programme: { $name }
activity-give-whom = To whom?
activity-give-absent = Those with a ❓ are not with the bot yet: reminders reach them once they have come on their invitation.
activity-give-when =
    <b>{ $title }</b>, due { $due }

    { $name }: only this time, or from this time on?
activity-give-once = Only this time
activity-give-on = From this time on
activity-given = Responsible now: { $name }
activity-invite = Invite
activity-read = Report: { $name }, { $date }
activity-accept-all = Accept all reports, { $date }
activity-close = Close as it is, { $date }
activity-close-ask =
    <b>{ $title }</b>, { $due }

    The reports that came will be accepted, the others are no longer waited for. Close it?
activity-close-sure = Yes, close it
activity-close-not = No, leave it open
activity-accepted-all = The reports are accepted.
activity-closed = Closed. There will be no more reminders of it.

activity-reports-title = <b>Reports that wait for an answer</b>
activity-reports-none = Every report has been answered.
activity-report-head =
    <b>{ $title }</b>, due { $due }
    { $name } writes:
activity-report-accepted = ✅ Accepted.
activity-report-returned = ↩️ Returned with a comment:
activity-accept = Accept
activity-return = Return
activity-reports-back = To the reports
activity-ask-comment = What should be added? Write it, and { $name } will get your comment. { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } at the most.

activity-requests-title = <b>Requests for another date</b>
activity-requests-none = Every request has been answered.
activity-request-head =
    <b>{ $title }</b>
    { $name } asks to move it: { $was } → <b>{ $wanted }</b>
activity-request-agreed = ✅ The date is moved.
activity-request-refused = ↩️ The date is not moved:
activity-request-lapsed = The request is no longer needed.
activity-agree = Agree
activity-refuse = Refuse
activity-ask-refusal = Why not? Write it, and { $name } will get your answer. { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } at the most.

activity-message-date-asked = 📅 A request for another date
activity-message-date-agreed = ✅ Moved: <b>{ $title }</b>, was due { $due }, now <b>{ $wanted }</b>.
activity-message-date-refused = ↩️ It could not be moved to { $wanted }: <b>{ $title }</b> stays due { $due }.
activity-message-given =
    📌 This is yours now: <b>{ $title }</b>, due { $due }
    By the programme it is with { $name }, this time it is with you.
activity-message-given-on =
    📌 This is yours now: <b>{ $title }</b>, next due { $due }
    By the programme it is with { $name }, from this time on it is with you.
activity-message-taken = 📌 <b>{ $title }</b>, due { $due }: this time { $name } is responsible.
activity-message-taken-on = 📌 <b>{ $title }</b>: from { $due } on { $name } is responsible.
activity-message-declined =
    ❓ Somebody is needed: <b>{ $title }</b>, due { $due }
    { $name } answers that it is not theirs:
activity-message-reminder = A reminder of what is yours in the programme:
activity-message-report = 🟡 A new report
activity-message-accepted = ✅ Report accepted: <b>{ $title }</b>, due { $due }. Thank you for your work!
activity-message-returned = ↩️ Report returned: <b>{ $title }</b>, due { $due }. What to add:
activity-message-escalation = 🔴 Past due, and no report yet:
activity-message-asks = { $name } asks to move it to { $day }
activity-message-names = { $line } ({ $names })
activity-digest-title = <b>Activities: the week ahead</b>
activity-digest-due = <b>Due this week</b>
activity-digest-late = <b>Past due</b>
activity-digest-quiet = Nothing is due this week.

error-task-reported = There is a report of this already, or it has been closed. Nothing more is needed.
error-activity-nameless = A report needs a name. Please introduce yourself: press /start.
error-report-decided = This report has been answered already.
error-task-content = Send words, a photo or a file, up to 20 MB each.
error-task-day = Choose a day after today, within half a year, and another one than it is due on now.
error-task-day-off = That is a day off. Please choose a working day.
error-date-asked = You have asked to move this already. I will write as soon as they answer.
error-date-decided = This request has been answered already, or is no longer needed.
error-date-past = That day has passed. Refuse it and suggest another.
