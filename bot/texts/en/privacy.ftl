# About data: what is kept, consent, my data as a file, how to leave

notice =
    <b>About your data</b>

    <b>Who answers for it:</b> { $school }.
    <b>What is kept:</b> your Telegram number (not your phone), language, role at school; for parents their name and the tie to the child, the child's route, marks, lessons and clubs; the school's messages, your answers and letters.
    <b>Why:</b> so that school and family stay in touch and the programme for preventing school failure is carried out.
    <b>Who sees it:</b> your child's teachers and the school's administration. Nobody sees answers to anonymous surveys by name: they are kept without one.
    <b>How long:</b> while you are with us, and { $days ->
        [one] { $days } day
       *[other] { $days } days
    } after leaving the school. The words of messages: at most { $years ->
        [one] { $years } school year
       *[other] { $years } school years
    }.{ $nights ->
        [0] { "" }
        [one] { " " }What is erased leaves the nightly copies, too: after { $nights } night.
       *[other] { " " }What is erased leaves the nightly copies, too: after { $nights } nights.
    }
    <b>Where:</b> the bot's data lie on a computer in Russia. The messages themselves go through Telegram, whose servers are abroad. That is why the bot does not write a child's surname to parents.
    <b>Your choice:</b> nobody has to use the bot. Telegram is only one of the ways; the school takes a call, a paper note or a visit just as well.

    To see, take or erase your data at any time: /privacy.
consent-document =
    <b>Consent to the processing of personal data</b>

    I allow { $school } to process my data in order to:
    • know me in the bot: Telegram number, language, role;
    • bring me the school's messages, and the school my answers and letters: the tie to the child, texts and files, that I have read them;
    • invite me to events and surveys: that I signed up, that I have answered;
    • compute the programme's indicators: numbers only, no names.

    The data are collected, kept, passed through Telegram (and so abroad) and erased. This consent holds until I withdraw it: /privacy.

    Leave to quote my words is not part of it: the bot will ask for that separately each time.

    Version { $version }.
consent-again = <b>We have changed the text about your data.</b> It is in the message above. Please read it and decide whether you stay with us. All that you had is still here.
consent-renewed = Thank you! Let us go on.

privacy-consent = You gave your consent on { $day }.
privacy-mine = My data as a file
privacy-mine-ready = Below is all that the bot keeps of you: a page to read, and a JSON file for programs. Take care of them: your messages and the child's full name are in there.
privacy-mine-title = My data in the school's bot
privacy-mine-intro = { $school }, { $day }. All that the bot keeps of you, by section. Empty sections are left out.
privacy-mine-outro = Answers to anonymous surveys and unsigned letters are not here: they are kept without a name, and the database does not say whose they are. Version of the text about data: { $version }.
privacy-leave = Withdraw consent and erase my data
privacy-leave-ask =
    Withdraw your consent?

    The bot will forget your Telegram, your answers and what you wrote, and no more messages will come from school. Unsigned letters vanish, too; a school that notices it on the same day may guess whose they were.
privacy-leave-sure = Yes, erase
privacy-left = Done. Your consent is withdrawn, your data are erased. You can come back with a new invitation.
privacy-stays = The school keeps, without any tie to you:
privacy-kept-roster = the class lists, which the school keeps itself
privacy-kept-staff = the list of its staff, which the school keeps itself
privacy-kept-notes = the messages that you wrote to parents: they have them already
privacy-kept-contacts = that the school was in touch with the family, without your name and words
privacy-kept-programme = what was done under the programme: activities, reports, values of indicators
privacy-kept-surveys = how many people answered the surveys, without names
privacy-kept-consent = the days on which consent was given and withdrawn
privacy-kept-audit = the log of actions: numbers in place of names

privacy-yes = yes
privacy-no = no

privacy-table-people = You
privacy-table-consents = Your consents
privacy-table-staff = You as a member of staff
privacy-table-staff_roles = Your roles
privacy-table-invitations = Invitations: those you came by and those you gave to others
privacy-table-preferences = How you want your messages
privacy-table-teaching = Classes that you teach
privacy-table-pupils = Your children
privacy-table-guardians = What you are to them
privacy-table-audit = What you did in the bot
privacy-table-outbox = Messages that the bot has sent you or will send you
privacy-table-conversations = A conversation that you have begun
privacy-table-declarations = When you said what you use (first day of the quarter)
privacy-table-declared_practices = What you said that you use
privacy-table-lesson_visits = Visits to lessons: to yours, and by you
privacy-table-seen_practices = What was seen in your lessons
privacy-table-documents = Documents that you put in or accepted, your practices and training
privacy-table-readings = Values of indicators that you recorded
privacy-table-expected_results = Expected results that you spoke of
privacy-table-activity_reports = Reports of activities: yours, and those that you answered
privacy-table-assignments = Your activities
privacy-table-handovers = Activities that were given to you, or that you gave to others
privacy-table-date_requests = Requests for another date: yours and those that you answered
privacy-table-surveys = Surveys that you made
privacy-table-survey_answers = Your answers in surveys by name
privacy-table-survey_participants = Surveys in which you were asked
privacy-table-survey_drafts = Surveys that you have begun
privacy-table-notes = Messages that you wrote to parents
privacy-table-note_templates = Your templates of messages
privacy-table-note_receipts = Teachers' messages about your children
privacy-table-note_answers = What was written about these messages
privacy-table-findings = What we heard: tasks that you gave or saw to
privacy-table-tickets = Your letters to the school (signed ones)
privacy-table-ticket_entries = What was written in letters: by you and to you
privacy-table-route_answers = Answers to a learning plan
privacy-table-route_messages = What was written about a learning plan
privacy-table-route_copies = Learning plans that were sent to you
privacy-table-route_progress = How a learning plan is going: your entries
privacy-table-route_results = How learning plans ended: your entries
privacy-table-route_versions = Learning plans that you wrote
privacy-table-risk_reviews = Reviews of pupils who need help: your entries
privacy-table-risk_entries = Pupils for whom you offered help
privacy-table-risk_confirmations = When you checked the list of pupils who need help
privacy-table-events = Events that you made
privacy-table-event_guests = What you were invited to and what you answered
privacy-table-event_attendance = Events that you came to
privacy-table-marks = Your children's marks as the school recorded them
privacy-table-marks_decisions = What you decided about marks
privacy-table-extra_lessons = Extra lessons that you held
privacy-table-lesson_pupils = Your children's extra lessons
privacy-table-clubs = Clubs that you recorded
privacy-table-club_pupils = Your children's clubs
privacy-table-mentoring_pairs = Mentoring

privacy-label-about = Concerns
privacy-label-accepted = Accepted
privacy-label-action = Action (the program's name for it)
privacy-label-activity = Activity
privacy-label-agreed = Agreed to
privacy-label-answered = Answered
privacy-label-answers = Answers
privacy-label-attended = Attended
privacy-label-by_guardian = Written by a parent
privacy-label-call_asked = Asked for a call
privacy-label-child = Child
privacy-label-closed = Closed
privacy-label-club = Club
privacy-label-comment = Comment
privacy-label-created = Made
privacy-label-current_mark = Current mark
privacy-label-data = What you had entered
privacy-label-day = As of
privacy-label-decided = Decided
privacy-label-delivered = Delivered
privacy-label-due = Due
privacy-label-event = Event
privacy-label-external_mark = External mark (VPR, OGE)
privacy-label-files = Files
privacy-label-finished = Finished
privacy-label-first_name = First name
privacy-label-from = From
privacy-label-given = Consent given
privacy-label-grade = Grade
privacy-label-indicator = Indicator
privacy-label-kind = Kind
privacy-label-language = Language
privacy-label-leads = Class teacher
privacy-label-letter = Letter of the class
privacy-label-manner = How it comes
privacy-label-may_be_quoted = May be quoted
privacy-label-message = Message
privacy-label-name = Name
privacy-label-not_mine = Why you said that it is not yours
privacy-label-now_with = Given to
privacy-label-number = Number
privacy-label-patronymic = Patronymic
privacy-label-people = How many of you
privacy-label-position = Position
privacy-label-practice = What
privacy-label-put_on_register = Help was offered
privacy-label-question = Question
privacy-label-quiet_from = Quiet hours from
privacy-label-quiet_to = Quiet hours to
privacy-label-read = Read
privacy-label-record = About (number of the row)
privacy-label-relation = Relation
privacy-label-role = Role
privacy-label-score = Score, or number of the answer
privacy-label-since = With us since
privacy-label-state = State
privacy-label-step = Step of the conversation (the program's name for it)
privacy-label-subject = Subject
privacy-label-surname = Surname
privacy-label-survey = Survey
privacy-label-teacher = Teacher
privacy-label-telegram = Telegram number
privacy-label-text = Text
privacy-label-title = Title
privacy-label-to = Until
privacy-label-topic = About
privacy-label-unreachable_since = Messages have not come through since
privacy-label-used = Used
privacy-label-value = Value
privacy-label-result = Result
privacy-label-reached = Reached
privacy-label-version = Version of the text
privacy-label-wanted = The date asked for
privacy-label-when = When
privacy-label-withdrawn = Withdrawn

privacy-topic-notes = teachers' messages
privacy-topic-routes = the child's learning plan
privacy-topic-surveys = surveys
privacy-topic-events = meetings and events
privacy-topic-feedback = answers to what you wrote
privacy-manner-at_once = at once
privacy-manner-digest = in one message in the evening
privacy-manner-off = not at all
privacy-role-guardian = parent
privacy-role-teacher = teacher
privacy-role-responsible = responsible for activities
privacy-role-specialist = specialist
privacy-role-admin = administrator
privacy-assignment-open = to be done
privacy-assignment-reported = reported
privacy-assignment-accepted = accepted
privacy-assignment-returned = sent back for more
privacy-ticket-kind-words = a message
privacy-ticket-kind-passed = passed on
privacy-ticket-kind-closed = closed
privacy-message-state-waiting = waiting to be sent
privacy-message-state-held = waiting for the evening
privacy-message-state-sent = sent
privacy-message-state-unreachable = did not come through
privacy-message-state-failed = could not be sent
privacy-message-state-stopped = stopped, not sent
privacy-message-state-withdrawn = withdrawn
