# Indicators: values, status, card, recording

indicator-number = { NUMBER($value, maximumFractionDigits: 1) }
indicator-value-share = { NUMBER($value, maximumFractionDigits: 1) }%
indicator-value-count = { NUMBER($value, maximumFractionDigits: 1) }
indicator-value-decrease = { NUMBER($value, maximumFractionDigits: 1) } { $value ->
    [one] point
   *[other] points
}
indicator-value-yearly = { $value ->
    [0] not renewed
   *[other] renewed
}
indicator-value-presence = { $value ->
    [0] no
   *[other] yes
}
indicator-fraction = { $value } ({ $numerator } of { $denominator })
indicator-no-value = no data

status-title = <b>Indicators of the programme: { $year }</b>
status-prolonged = The programme is prolonged: the targets of { $last } hold.
status-counts = ✅ met: { $met } · 🟡 near: { $near } · 🔴 behind: { $behind } · ⚪ no data: { $unknown } · { $total } in all
status-unassigned =
    ❓ Nobody is reminded of { $count ->
        [one] { $count } activity
       *[other] { $count } activities
    } of the programme: { $names }
    “Nobody to remind” shows whom to invite, and what to give to somebody else.
status-direction = <b>{ $number }. { $title }</b>
status-picture = Picture
status-behind = What is behind
status-pick = Details
status-todo = What to do
status-back = All indicators
status-pick-title = Which indicator shall I unfold?
status-behind-title = <b>Not at the target yet</b>
status-behind-none = Nothing is behind. Well done!
status-state-met = met
status-state-near = near
status-state-behind = behind
status-state-unknown = no data
status-mark = target
status-picture-title = Indicators, { $year }

status-todo-title = <b>What helps to reach the targets</b>
status-todo-none = Everything that there are data for is at its target.
status-todo-lacking = { $lacking } more of { $denominator } would reach the target.
status-todo-class = see whose parents have heard nothing for longest: write to them and remind colleagues.
status-todo-survey = ask the parents: the satisfaction survey is ready, it only has to be opened.
status-todo-event = plan an event and mark who came.
status-todo-risk = open the support register: routes, lessons, clubs and mentors are noted there.
status-todo-tickets = look at the praise: its author can be asked for leave to quote.
status-todo-documents = put the documents in, or confirm those that wait.
status-todo-declare = see who has not declared yet, and note down visits to lessons.
status-todo-activities = see whether the programme's activities are on time.
status-todo-unknown = <b>No data:</b> { $numbers }. Record the values and you will see what to do.

indicator-title = <b>{ $number }</b> { $title }
indicator-now = { $sign } Now: <b>{ $value }</b>
indicator-now-none = ⚪ No data yet.
indicator-origin-computed = Counted by the bot from what has been done.
indicator-origin-recorded = Recorded for { $day }.
indicator-origin-start = This is the programme's start value.
indicator-overridden = The bot counts { $value }, but the recorded value holds.
indicator-target = Target of { $year }: { $target }
indicator-target-prolonged = Target of { $year }: { $target } (prolonged from { $last })
indicator-kind-share = A share in per cent
indicator-kind-count = A number of things
indicator-kind-decrease = A decrease against the year before, in percentage points
indicator-kind-yearly = Renewed once a year: yes or no
indicator-kind-presence = There or not
indicator-owner = Who answers for it: { $name }
indicator-plan = <b>Targets of the programme</b>
indicator-plan-start = at the start: { $written }
indicator-plan-year = { $year }: { $written }
indicator-forecast-on = Going on like this, 31 December brings { $value }: on course.
indicator-forecast-dip = Lower than last time, but going by the whole year, 31 December brings { $value }: on course.
indicator-forecast-off = Going on like this, 31 December brings { $value }: off course.
indicator-history = <b>Recorded</b>
indicator-history-row = { $day }: { $value }
indicator-history-comment = { $row } — <i>{ $comment }</i>
indicator-history-more = and earlier: { $count }
indicator-why = <b>How it is counted</b>
indicator-why-teacher_feedback = In the last { $days ->
        [one] { $days } day
       *[other] { $days } days
    } at least { $notes ->
        [one] one note
       *[other] { $notes } notes
    } reached parents from { $numerator } of { $denominator ->
        [one] { $denominator } teacher
       *[other] { $denominator } teachers
    }.
indicator-why-name = • { $name }: { $notes ->
        [0] nothing
        [one] { $notes } note
       *[other] { $notes } notes
    }
indicator-why-parents_satisfied = { $numerator } of { $denominator } who answered gave a 4 or a 5.
indicator-why-parents_satisfied-none = This year has no closed satisfaction survey answered by at least { $answers ->
        [one] { $answers } person
       *[other] { $answers } people
    }.
indicator-why-none = There is nothing to count yet.
indicator-why-staff_prevention = Teachers with at least one preventive deed this school year (a note to parents, an extra lesson, mentoring, a report on an activity, the support register, a route, an event): { $numerator } of { $denominator }.
indicator-why-routes = Pupils on the support register who have a route in force: { $numerator } of { $denominator }.
indicator-why-grade_gap = Pupils whose marks differ from external ones by half a mark or more: { $numerator } of { $denominator } ({ $share }%). Last school year it was { $beside }%.
indicator-why-grade_gap-none = External marks of this school year and of the last one are needed to count.
indicator-why-extra_lessons = Pupils on the support register who were at an extra lesson in the last 30 days: { $numerator } of { $denominator }.
indicator-why-extra_education = Pupils on the support register who go to a club: { $numerator } of { $denominator }.
indicator-why-pairs_teacher = Pairs in which a teacher helps a pupil now.
indicator-why-pairs_peer = Pairs in which one pupil helps another now.
indicator-why-register_renewed =
    Reviewed since 1 September: { $numerator } of { $denominator }. The register as a whole { $beside ->
        [0] is not confirmed yet
       *[other] is confirmed
    }.
indicator-why-parents_engaged = Parents who this school year came to an event, agreed to a route or met a teacher in person: { $numerator } of { $denominator }.
indicator-why-routes_agreed = Routes in force that at least one parent has agreed to: { $numerator } of { $denominator }.
indicator-why-parent_events = Events for parents held this calendar year. The level with the fewest of them counts.
indicator-why-growth_point = Preventive events of this school year held at the “Growth Point”: { $numerator } of { $denominator }.
indicator-why-specialists = Preventive events of this school year with a specialist of the psychological service: { $numerator } of { $denominator }.
indicator-why-praise = Praise of equipment this school year that may be quoted: { $beside }.
indicator-why-staff_trained = Teachers with a confirmed training of the last three years: { $numerator } of { $denominator }.
indicator-why-staff_communities = Teachers who declared a Lesson Study team or another professional community this school year: { $numerator } of { $denominator }. Seen in lessons: { $beside }.
indicator-why-staff_practices = Teachers whose practice is in the bank of practices: { $numerator } of { $denominator }.
indicator-why-staff_technologies = Teachers who declared modern technologies this school year: { $numerator } of { $denominator }. Seen in lessons: { $beside }.
indicator-why-staff_digital = Teachers who declared at least one platform (Sferum, My School, RESh, CoK) this school year: { $numerator } of { $denominator }. Seen in lessons: { $beside }.
indicator-why-staff_emd = Teachers who declared practices of the EMD this school year: { $numerator } of { $denominator }. Seen in lessons: { $beside }.
indicator-why-staff_assessment = Teachers who declared formative assessment this school year: { $numerator } of { $denominator }. Seen in lessons: { $beside }.
indicator-why-multimedia = Teachers who declared multimedia and interactive equipment this school year: { $numerator } of { $denominator }. Seen in lessons: { $beside }.
indicator-why-agreements = Agreements with other organisations in force.
indicator-why-subject_programmes = Extracurricular programmes in force that support a subject: { $numerator } of { $denominator }.
indicator-why-literacy_programmes = Programmes for functional literacy in force.
indicator-why-council_minutes = Minutes of councils of this calendar year.
indicator-why-local_acts = Acts of the programme that are on file and in force: { $numerator } of { $denominator }.
indicator-files = 📎 Files ({ $count })
indicator-files-of = Files of the indicator { $number } { $title }.
indicator-unfold = Who and what counts
indicator-back = To the indicator
indicator-counted = <b>Counted</b> ({ $count }):
indicator-missing = <b>Still missing</b> ({ $count }):
indicator-item = • { $name }
indicator-item-on = • { $name }, { $day }
indicator-nobody = There is nobody and nothing here yet.
indicator-why-part = • { $name }: { $number }
indicator-level-noo = grades 1–4
indicator-level-ooo = grades 5–9
indicator-level-soo = grades 10–11
indicator-months = <b>By month of this school year</b>
indicator-month = { $month }: { $value }

nudge-feedback =
    <b>A few kind words for parents?</b>

    { $notes ->
        [0] Parents have had no note from you
        [one] Parents have had { $notes } note from you
       *[other] Parents have had { $notes } notes from you
    } in the last { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, and the school is still short of its target for keeping in touch with families.
nudge-feedback-pupils = The parents of these children have heard nothing for longest:
nudge-pupil = • { $name }, { $class_name }: { $days ->
        [0] heard today
        [one] { $days } day
       *[other] { $days } days
    }
nudge-pupil-never = • { $name }, { $class_name }: never yet
nudge-feedback-enough = { $missing ->
        [one] One note is enough, and one kind sentence in it.
       *[other] { $missing } notes are enough, with one kind sentence each.
    }
nudge-feedback-nobody = The parents of your pupils do not use the bot yet. See whom you could invite.

nudge-survey =
    <b>Ask the parents</b>

    No satisfaction survey has been closed this year, so there is nothing to compute indicator 3.2 from. The ready survey is waiting: choose its last day and open it.
nudge-register =
    <b>The support register is to be renewed</b>

    { $left ->
        [0] All pupils on it have been reviewed.
       *[other] Not reviewed yet this school year: { $left }.
    } When all is right, confirm the register: indicator 2.8 is computed from it.

indicator-record = Record a value

reading-direction = Which indicator? Choose its direction first.
reading-indicator = <b>{ $title }</b>. Which indicator?
reading-pick = { $number } { $title }: { $value }
reading-present = Now: { $value }.
reading-ask-share = How many? Write two numbers (“11 of 20”) or per cent (“55%”).
reading-ask-count = How many are there now? Write a number.
reading-ask-decrease = By how many percentage points has the share gone down in a year? Write a number such as 5. If it has gone up, put a minus.
reading-ask-yearly = Has it been renewed this year?
reading-ask-presence = Is it there?
reading-yes = Yes
reading-no = No
reading-preview =
    <b>{ $number } { $title }</b>

    Record <b>{ $value }</b> for { $day }?
reading-before = It was { $value } ({ $day }).
reading-later = There is a later reading: { $value } for { $day }. That one goes on to count.
reading-overrides = The bot counts { $value }. Once recorded, your value holds.
reading-comment-shown = Comment: { $comment }
reading-file = 📎 Attach a file
reading-file-shown = 📎 { $name }
reading-file-nameless = a file is attached
reading-ask-file = Send the file or photo that the value comes from: a certificate, minutes, a table.
reading-save = Record
reading-other-date = Another date
reading-comment = Add a comment
reading-back = Back
reading-ask-date = For which day? Write it like this: { $example }.
reading-ask-comment = What shall be added to the value? Where it comes from, for example. Up to { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    }.
reading-saved = Recorded: { $number } { $title }, <b>{ $value }</b> for { $day }.
reading-more = Record another

error-reading-share = That is no number that I understand. Write “11 of 20” or “55%”, for example.
error-reading-share-range = A share is between 0 and 100%. Check the number and write it again.
error-reading-count = A whole number is needed here, such as 3.
error-reading-count-range = That cannot be a number of things. Check it and write it again.
error-reading-decrease = That is no number that I understand. Write by how many points it went down, such as 5 or 2.5.
error-reading-decrease-range = A decrease is between −100 and 100 points. Check the number and write it again.
error-reading-denominator = There is no share of zero. Write how many there are in all, such as “11 of 20”.
error-reading-numerator = The part is more than the whole. First the part, then all: “11 of 20”.
error-reading-date = That is no date that I understand. Write day, month and year, such as 01.09.2026.
error-reading-date-future = That day has not come yet. Write today's date or an earlier one.
error-reading-date-old = The programme is not that old. Write a date not before { $year }.
