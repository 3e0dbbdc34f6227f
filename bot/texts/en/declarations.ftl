# What teachers use: declared once a quarter, and what is seen in lessons

practice-lesson_study = Lesson Study team
practice-community = Another professional community
practice-technologies = Modern teaching technologies
practice-sferum = Sferum
practice-my_school = My School
practice-resh = RESH
practice-cok = COK
practice-emd = EMD practices
practice-assessment = Formative assessment
practice-multimedia = Multimedia and interactive equipment

declare-title = <b>What you use: quarter { $number }</b>
declare-how = Tick what you use in your work, and press “Done”.
declare-again = You have declared already, thank you! It can be corrected until { $day }.
declare-prefilled = What you said last time is ticked. If nothing has changed, just press “Done”.
declare-save = Done
declare-saved = Thank you! Noted: { $names }.
declare-saved-nothing = Thank you! Noted: none of it so far. Once there is something, tick it.
declare-change = Correct it
declare-back = Back
declare-open = Fill it in
declare-ask = A new quarter! Please tick what you use in your work: technologies, platforms, communities. Half a minute; what you ticked before is there already.
declare-ask-again = A reminder: in quarter { $number } you have not yet ticked what you use in your work. Half a minute.

declare-overview = <b>What teachers use: quarter { $number }</b>
declare-counts = Declared: { $there } of { $of }.
declare-line = { $name }: <b>{ $named }</b>
declare-line-seen = { $name }: <b>{ $named }</b>, seen in lessons: { $seen }
declare-silent = Not yet declared ({ $count })
declare-own = Fill it in for myself
declare-who = <b>{ $name }</b>, quarter { $number }
declare-nobody-yet = Not yet declared
declare-name = · { $name }
declare-name-seen = · { $name } 👁 seen in a lesson
declare-name-only-seen = · { $name } 👁 seen in a lesson, not ticked
declare-none = Nobody yet.
declare-more = and { $count } more

visits-own = Visits to my lessons ({ $count })
visits-all = Visits to lessons
visits-title =
    <b>Visits to lessons</b>

    Press one to read it.
visits-none =
    <b>Visits to lessons</b>

    None yet.
visits-back = To all visits
visit-new = Note down a visit to a lesson
visit-another = Note down another
visit-nobody = There are no teachers yet whose lesson could be visited.
visit-ask-teacher = Whose lesson was it?
visit-ask-class = In which class?
visit-title = <b>{ $name }</b>, { $class_name }, { $day }
visit-ask-words = What did you see in the lesson? Tick it. A few words for the teacher can simply be written here.
visit-words = <blockquote>{ $text }</blockquote>
visit-seen = Seen in the lesson: { $names }
visit-visitor = Who visited: { $name }
visit-save = Note it down
visit-day = 📅 { $day }
visit-ask-day = When was the lesson? Press, or write a day, for example 25.11.
visit-logged = Noted: the lesson of { $name }. This teacher has no bot yet, please pass your words on yourself.
visit-logged-told = Noted: the lesson of { $name }. The teacher will get your words.
visit-gone = This visit is noted down already, or called off. Begin a new one.
visit-withdraw = A mistake, take it away
visit-withdraw-ask = Take this entry away? It will no longer count.
visit-withdraw-sure = Yes, take it away
visit-withdraw-not = No, keep it
visit-withdrawn = The entry is taken away.
visit-message = 👁 { $visitor } on your lesson: <b>{ $class_name }</b>, { $day }.

error-declaration-quarter = That quarter is over. Open /declare and fill it in for this one.
error-visit-future = That day is still to come.
error-visit-old = That is last school year. Lessons of this year can be noted.
error-visit-empty = Tick what you saw, or write a few words.
