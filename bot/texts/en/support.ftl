# Extra lessons, clubs, mentors

support-lessons = Extra lessons
support-clubs = Clubs
support-pairs = Mentors
support-marks = Marks
support-class = { $name } (register: { $count })
support-legend = • — on the register
support-no-pupils = There is nobody to choose here: you have no classes, and nobody is on the register.
support-yesterday = yesterday
support-before-yesterday = the day before

lesson-list = <b>Extra lessons</b>
lesson-none =
    <b>Extra lessons</b>

    None yet. When you have held one, mark who was there: it takes a few presses.
lesson-again = Like last time: { $subject } ({ $count })
lesson-new = New lesson
lesson-line = { $day } · { $subject } · { $came } of { $group }
lesson-which-subject = Which subject was the lesson in? Choose or write it.
lesson-type-subject = Which subject was the lesson in? Write it, for example: Mathematics.
lesson-which-class = Which class are the pupils from?
lesson-which-day = When was the lesson? Choose or write the day, for example { $example }.
lesson-title = <b>{ $subject }</b>, { $day }
lesson-who = Who was there? Press a name to mark it: ✅ was there, ➖ did not come.
lesson-day = 📅 { $day }
lesson-more = Another class
lesson-save = Save ({ $count })
lesson-logged =
    Saved: { $subject }, { $day }. { $came } of { $group } were there.

    Thank you for helping them!
lesson-gone = This lesson has been saved or cancelled already. Open “Extra lessons” to mark a new one.
lesson-teacher = Teacher: { $name }
lesson-came = Were there ({ $count }): { $names }
lesson-missed = Did not come ({ $count }): { $names }
lesson-withdraw = A mistake, take it back
lesson-withdraw-ask = Take this entry back? The lesson will not count as held.
lesson-withdraw-sure = Yes, take it back
lesson-withdraw-not = No, keep it
lesson-withdrawn = The entry is taken back.

error-lesson-nobody = Nobody is marked. Press the names of those who were there.
error-lesson-many = Too many pupils for one lesson. The most that can be marked: { $max }.
error-lesson-future = This day is yet to come. Mark the lesson when you have held it.
error-lesson-old = That was last school year. Lessons of this year can be marked.
error-lesson-day = I did not understand the day. Write day and month, or “yesterday”.
error-lesson-late = An entry can be taken back only on the day when it was made.

club-list = <b>Clubs</b>
club-none =
    <b>Clubs</b>

    None yet. Add the school's clubs and those that pupils go to in the village and the district: music school, sports school, Growth Point centre.
club-line = { $name } · { $count }
club-new = New club
club-whose = Whose club is it?
club-of-school = The school's
club-of-partner = Another organisation's
club-which-partner = Which organisation runs it? Write its name, for example: Children's school of arts.
club-which-name = What is the club called?
club-title = <b>{ $name }</b>
club-partner = Run by { $name }
club-count = { $count ->
        [one] { $count } pupil goes there
       *[other] { $count } pupils go there
    }
club-member = · { $name }, { $class_name } (since { $day })
club-enrol = Who goes there
club-which-class = { $name }: from which class?
club-who = <b>{ $name }</b>. Who goes there? Press a name: ✅ appears or goes, from today on.
club-joined = { $name }: in the club now.
club-left = { $name }: no longer in the club.
club-back = Back
club-done = Done
club-close = The club has ended
club-close-ask = { $count ->
        [one] Close “{ $name }”? It ends with yesterday for { $count } pupil. What was before stays on record.
       *[other] Close “{ $name }”? It ends with yesterday for { $count } pupils. What was before stays on record.
    }
club-close-sure = Yes, close it
club-close-not = No, let it go on
club-closed = The club is closed.

error-club-exists = There is a club “{ $name }” already.
error-club-many = There are already as many clubs as fit here ({ $max }). Close those that have ended.

pair-list = <b>Mentors</b>
pair-none =
    <b>Mentors</b>

    There are no pairs yet. A mentor can be a teacher or another pupil.
pair-line = { $mentor } → { $pupil }
pair-new-teacher = New pair: teacher and pupil
pair-new-peer = New pair: pupil and pupil
pair-which-pupil = Who needs a mentor? Choose the class and the pupil, or write the surname.
pair-which-mentor = Which pupil will be the mentor? Choose, or write the surname.
pair-which-teacher-teacher = Which teacher will be the mentor?
pair-which-teacher-peer = Which teacher will help this pair?
pair-nobody = They will manage
pair-other-class = Another class
pair-title-teacher = <b>Pair: teacher and pupil</b>
pair-title-peer = <b>Pair: pupil and pupil</b>
pair-pupil = Pupil: { $name }, { $class_name }
pair-mentor = Mentor: { $name }, { $class_name }
pair-teacher-teacher = Mentor: { $name }
pair-teacher-peer = Helped by { $name }
pair-since = Together since { $day }
pair-end = End it
pair-ask-word = How did it go? Choose, or write a word or two.
pair-word-reached = Goal reached
pair-word-enough = Help is no longer needed
pair-word-stopped = It did not work out
pair-ended = The pair has ended. Thank you for being there for { $pupil }.
pair-gone = This pair has been saved or cancelled already. Open “Mentors” to begin a new one.

error-pair-self = Mentor and pupil are two different pupils. Choose another.
error-pair-ended = This pair has ended already.
error-pair-exists = There is such a pair already.
