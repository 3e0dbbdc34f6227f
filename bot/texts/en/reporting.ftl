# The report for the district: screen, files, expected results, oddities of the programme

report-home =
    <b>Report for the district</b>

    Indicators on <b>{ $on }</b>, activities and surveys from <b>{ $first }</b> to that day.

    The workbook: indicators, their history and evidence, activities, surveys. The document: the same in words and pictures, with a line to sign.

    No child and no parent is named in it. Reports about activities and comments go as they were written: look whether they say too much.
report-xlsx = 📊 Excel workbook
report-docx = 📄 Word document
report-on-today = As of today
report-on = As of { $day }
report-on-other = Another day
report-first-school = From the school year’s start
report-first-calendar = From the start of { $year }
report-first-other = From another day
report-results-open = Expected results
report-ask-on = As of which day? Write a date, such as { $example }.
report-ask-first = From which day on do activities and surveys count? Write a date, such as { $example }.
report-back = To the report
report-making = Working on it, a few seconds.
report-caption = { $title } { $span }

error-report-future = That day is yet to come. A report is of today or of a day before.
error-report-order = The period begins after its end. Check the dates.

results-title =
    <b>Expected results of the programme</b>

    ✅ reached · 🔴 not yet · ⚪ not ticked, or no data
    Some are answered by data, the others by you. Choose a number.
result-card = <b>{ $number }.</b> { $text }
result-by-data = Data answer this one, there is nothing to tick.
result-word = { $mark } { $by }, { $day }: { $comment }
result-word-bare = { $mark } { $by }, { $day }
result-somebody = administration
result-no-word = Not ticked so far.
result-yes = Reached
result-no = Not reached yet
result-ask-comment =
    Result { $number }: <b>{ $mark }</b>.

    What shows it? Write a sentence or two, they go into the report.
result-no-comment = No comment
result-back = To the list of results
result-saved = Recorded.

report-title = Report on the programme
report-span = from { $first } to { $on }
report-approved = Approved by { $position } { $by }, order { $order } of { $day }.
report-made = Made on { $day }
report-overview = Where the school stands
report-counts = Of { $total } indicators { $met } are at their target, { $near } near it, { $behind } behind, { $unknown } without data.
report-heard = Of what surveys and letters of this school year said, { $done } of { $total } is done.
report-note-targets = Every target reads “not less than”. “Near” means nine tenths of it or more.
report-note-names = No child and no parent is named: there is only how many there are, by class. Results of surveys with few answers are not shown.
report-direction = { $number }. { $title }
report-activities = Activities: { $title }
report-results = Expected results
report-results-note = What can be counted is answered by data, the rest by the head of the school.
report-no-word = The head of the school has not said.
report-oddities = Contradictions of the programme
report-oddities-note = Places of the document to be settled when it is approved next. Values are counted as it has them.
report-signature = Head of the school  ____________________ / ____________________ /
report-signature-day = { $day }
report-no-occurrence = nothing due in this period

report-sheet-about = About
report-sheet-status = Indicators
report-sheet-history = History
report-sheet-evidence = Evidence
report-sheet-activities = Activities
report-sheet-surveys = Surveys
report-sheet-results = Expected results

report-about-school = School
report-about-programme = Programme
report-about-approved = Approval
report-about-on = Indicators as of
report-about-first = Activities and surveys from
report-about-made = Made on
report-about-heard = What we heard
report-about-targets = How to read targets
report-about-names = What is left out

report-column-about = Report
report-column-about-value = What is in it
report-column-number = No.
report-column-indicator = Indicator
report-column-kind = Kind
report-column-start = Start
report-column-target = Target { $year }
report-column-value = Value
report-column-numerator = Numerator
report-column-denominator = Denominator
report-column-state = State
report-column-origin = Origin of the value
report-column-day = Day
report-column-prolonged = Target prolonged
report-column-comment = Comment
report-column-counts = Counted or missing
report-column-item = Who or what
report-column-count = How many
report-column-activity = Activity
report-column-deadline = Deadline in the programme
report-column-starts = Start
report-column-due = Due
report-column-responsible = Responsible
report-column-part = Their part
report-column-report = Report
report-column-reported = Handed in
report-column-answer = Answer
report-column-files = Files
report-column-survey = Survey
report-column-closed = Closed
report-column-asked = Asked
report-column-answered = Answered
report-column-response = Response rate
report-column-satisfied = Share satisfied (4 and 5)
report-column-question = Question
report-column-option = Answer
report-column-share = Share
report-column-result = Expected result
report-column-reached = Reached
report-column-grounds = What shows it

report-yes = yes
report-no = no
report-kind-share = share
report-kind-count = count
report-kind-decrease = decrease, points
report-kind-yearly = renewed yearly
report-kind-presence = presence
report-origin-computed = computed
report-origin-recorded = recorded
report-origin-start = start of the programme
report-origin-none = no data
report-missing = missing
report-counted = counted
report-unnamed = without a title
report-part-open = no report
report-part-reported = waits for an answer
report-part-accepted = accepted
report-part-returned = returned
report-occurrence-planned = ahead
report-occurrence-open = going on
report-occurrence-reported = reported, waits for an answer
report-occurrence-accepted = done
report-occurrence-overdue = overdue
report-occurrence-returned = returned
report-reached-yes = yes
report-reached-no = no
report-reached-unknown = not known
report-answer-value = { $what }: { $value }
report-answer-wanted = { $what }: { $value }, wanted { $wanted }
report-data-targets_met = Indicators at their target
report-data-difficulties_decrease = Decrease of the share of pupils on the risk register in a year
report-data-routes_noo = Learning routes in grades 1–4
report-data-tutored = Pupils on the risk register whom a teacher mentors

history-picture = History as a picture
history-picture-none = There is nothing to draw yet: no values.
history-reading = recorded
history-computed = computed
history-forecast = forecast
history-target = target
history-now = { $value }, { $state }

oddity-owners = indicators: nobody is named who answers for { $count } of { $total } ({ $numbers })
oddity-years = years: no targets after { $year }: that column goes on to hold, prolonged
oddity-start = indicator { $number } «{ $title }»: starts at { $start }, above the first target { $target }
oddity-falls = indicator { $number } «{ $title }»: the target falls from { $earlier } ({ $year }) to { $later } ({ $following })
oddity-nobody = activity { $number } «{ $title }»: nobody is responsible
oddity-summer = activity { $number } «{ $title }»: falls due in the summer vacation («{ $deadline }»)
oddity-result = result { $result }: promises { $promised } of indicator { $number } «{ $title }», whose last target is { $last }
