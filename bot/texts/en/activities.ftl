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
task-whose = Responsible: { $name }
task-state-open = Not done yet.
task-state-started = In progress since { $day }.
task-state-reported = Reported; the school's leaders have yet to answer.
task-state-accepted = Accepted. Thank you!
task-state-returned = The report came back: something is to be added.
task-report = <b>Report</b>, { $name }, { $day }:
task-comment = <b>The school's leaders say:</b>
task-done = Done
task-start = In progress
task-started = All right! I will remind you three days before it is due.
task-started-soon = All right! Good luck with it.
task-ask-report =
    <b>{ $title }</b>

    What has been done? Two or three sentences will do, { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    } at the most.
task-reported = Thank you! The report has gone to the school's leaders: <b>{ $title }</b>.

activities-title = <b>The programme's activities</b>
activities-direction = <b>{ $number }. { $title }</b>
activities-line = { $sign } { $title }, { $due }
activities-line-none = ➖ { $title }
activities-legend = ✅ accepted · 🟡 reported · 🔴 late · ↩️ returned · ⚪ ahead · ❓ nobody to remind
activities-absent =
    ❓ Not with the bot yet: { $names }
    Invite them, and reminders will reach them.
activities-reports = { $count ->
    [one] { $count } report waits for an answer
   *[other] { $count } reports wait for an answer
}
activities-back = To all activities

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

activity-message-reminder = A reminder of what is yours in the programme:
activity-message-report = 🟡 A new report
activity-message-accepted = ✅ Report accepted: <b>{ $title }</b>, due { $due }. Thank you for your work!
activity-message-returned = ↩️ Report returned: <b>{ $title }</b>, due { $due }. What to add:
activity-message-escalation = 🔴 Past due, and no report yet:
activity-message-names = { $line } ({ $names })
activity-digest-title = <b>Activities: the week ahead</b>
activity-digest-due = <b>Due this week</b>
activity-digest-late = <b>Past due</b>
activity-digest-quiet = Nothing is due this week.

error-task-reported = There is a report of this already, or it has been closed. Nothing more is needed.
error-activity-nameless = A report needs a name. Please introduce yourself: press /start.
error-report-decided = This report has been answered already.
