# Surveys: for whoever asks, and for whoever answers

survey-none = There have been no surveys yet. Ready ones are there: choose one, change it as you like, and open it.
survey-list = <b>Surveys</b>
survey-item = { $state } { $day } { $title }
survey-create = ➕ New survey
survey-templates = What shall we begin from? A ready survey can be changed in every way until it is open.
survey-template-satisfaction = Parents: how the school helps
survey-template-pulse = Parents: a short pulse
survey-template-methodical = Teachers: support in teaching
survey-template-empty = An empty survey
survey-question = { $number }. { $text }
survey-days = { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
survey-title = <b>{ $title }</b>
survey-back = All surveys
survey-back-card = Back to the survey
survey-back-results = To the results
survey-yes = Yes
survey-no = No

# --- a draft

survey-draft = ✏️ A draft: only admins see it.
survey-whom = { $number ->
        [one] Who is asked: { $whom }. Today that is { $number } person.
       *[other] Who is asked: { $whom }. Today that is { $number } people.
    }
survey-to-guardian = all parents
survey-to-staff = all staff
survey-to-teacher = teachers
survey-to-some = parents ({ $groups })
survey-level-noo = grades 1–4
survey-level-ooo = grades 5–9
survey-level-soo = grades 10–11
survey-is-anonymous = 🔒 Anonymous: nobody will learn who said what.
survey-is-named = 👤 By name: the administration will see who said what. Those who answer are told so on the first question.
survey-make-named = Make it by name
survey-make-anonymous = Make it anonymous
survey-no-questions = No questions yet. Add the first one.
survey-leads = ⚠️ “Do you agree…” leads people to agree, and answers come out better than what people think. Ask otherwise: “How well…”, “How often…”.
survey-agree-words = agree agrees agreed disagree disagrees
survey-add = ➕ Question
survey-look = 👁 Look at it
survey-audience = Whom to ask
survey-audience-ask = Whom shall we ask? Levels and classes can be ticked together; with nothing ticked all parents are asked.
survey-rename = Title
survey-remove = Delete
survey-remove-ask = Delete the draft “{ $title }” with all its questions?
survey-remove-sure = Yes, delete
survey-removed = The draft is deleted.
survey-open = When to open →
survey-ask-title = What shall the survey be called? Everybody who is asked will see it. Limit in characters: { $limit }.
survey-kinds = What kind of question?
survey-kind-scale = A scale from 1 to 5
survey-kind-one = One option of a list
survey-kind-many = Several options of a list
survey-kind-yes_no = Yes or no
survey-kind-text = An answer in words
survey-ask-question = Write the question (limit in characters: { $limit }). One thought and plain words are best.
survey-ask-options = Write the options, each on a line of its own: two to { $limit }. Limit for each in characters: { $length }.
survey-question-of = Question { $number } of { $of }
survey-headline-is = ⭐ The main question: the share satisfied (answers 4 and 5) is computed from it.
survey-headline = ⭐ Make it the main one
survey-headline-not = Not the main one any more
survey-reword = Change the question
survey-options = Change the options
survey-up = ↑ Up
survey-down = ↓ Down
survey-drop = Delete the question
survey-look-head = <i>This is what those who are asked will see. Answers are not kept here.</i>
survey-look-end = Stop looking

# --- when

survey-opens-now = It opens at once.
survey-opens-at = 🕓 It opens by itself: { $at }.
survey-open-until = Open through { $day }.
survey-open-until-when = It remains to choose how many days it is open.
survey-opening-now = Open at once
survey-opening = Open later…
survey-closing = Choose the last day…
survey-ask-opening = When shall it open? Write day, month and time, or “tomorrow at 9”, for example.
survey-ask-closing = Which day is the last? Write day and month.
survey-few = ⚠️ Fewer than { $minimum } people are asked: nobody will see the results, so that nobody can guess whose they are.
survey-launch = ✅ Open the survey
survey-plan = ✅ Plan it
survey-opened = The survey is open, invitations are on their way.
survey-planned = Done: the survey will open by itself.
survey-feeds = Indicator 3.2, the share of parents satisfied with the school's help, is computed from this survey.
survey-feeds-not = This survey will not count for indicator 3.2: that takes all parents and a main question.
survey-unplan = Make it a draft again

# --- while it is open

survey-response = { $finished } of { $asked } have answered ({ $share }%).
survey-response-paper = { $number ->
        [one] { $number } of them on paper.
       *[other] { $number } of them on paper.
    }
survey-open-hidden = Results appear when the survey closes: nobody sees them before.
survey-close = Close now
survey-close-ask = { $finished } of { $asked } have answered. Close the survey? Nobody can answer after that.
survey-close-sure = Yes, close
survey-close-not = No, let it run

# --- results

survey-results = Results
survey-satisfied = <b>Satisfied (4 and 5): { $share }%</b>
survey-satisfied-hidden = Fewer than { $minimum } answers, so results are hidden: one could guess who said what.
survey-hidden = <i>Too few answers, the result is hidden.</i>
survey-hidden-plain = too few answers, the result is hidden
survey-percent = { $share }%
survey-bar = { $label } { $bar } { $share }% ({ $count })
survey-words-number = { $number ->
        [one] { $number } person has written.
       *[other] { $number } people have written.
    }
survey-groups = By class
survey-words = In their words
survey-picture = Picture
survey-picture-none = There is nothing to show yet: too few answers.
survey-excel = Excel
survey-excel-ready = The workbook is ready.
survey-by-class = <b>Who has answered</b>
survey-class-response = <b>{ $name }</b> { $bar } { $finished } of { $asked } ({ $share }%)
survey-by-class-note = A parent of several children counts once: in the youngest's class. Answers by class follow.
survey-group-scale = <b>{ $name }</b>: 4 and 5 from { $share }%, { $mean } on average ({ $total ->
        [one] { $total } answer
       *[other] { $total } answers
    })
survey-group-shares = <b>{ $name }</b>: { $shares } ({ $total ->
        [one] { $total } answer
       *[other] { $total } answers
    })
survey-no-groups = Of no class can it be told by itself: answers are few, and one could guess whose they are.
survey-groups-note = <i>A class with few answers, or where all say the same, is not shown by itself. Those that it could be computed from are hidden with it.</i>
survey-answers = { $number ->
        [one] { $number } answer
       *[other] { $number } answers
    }
survey-picture-response = { $finished } of { $asked } have answered ({ $share }%)
survey-picture-satisfied = { $share }% are satisfied. { $response }

sheet-answers = Answers
sheet-response = Response by class
sheet-groups = By class
sheet-words = In their words
sheet-names = By name
sheet-column-number = No.
sheet-column-question = Question
sheet-column-answer = Answer
sheet-column-count = How many
sheet-column-share = Share
sheet-column-class = Class
sheet-column-asked = Asked
sheet-column-finished = Answered
sheet-column-group = Class or level
sheet-column-name = Name

survey-publish = 📣 Tell the participants
survey-ask-measures =
    <b>{ $title }</b>

    What will the school do about it? Write briefly and honestly: the participants get the picture of the results and these words. Up to 1500 characters.
survey-publish-preview = This is what everybody who was asked will get. To correct the words, just write them again.
survey-publish-send = Send to the participants
survey-published = { $number ->
        [one] On its way to { $number } participant.
       *[other] On its way to { $number } participants.
    }
survey-published-on = 📣 The participants were told on { $day }.

# --- for whoever is asked

surveys-none = There are no surveys for you now. Thank you for looking!
surveys-list = <b>You are asked to answer</b>
surveys-item = { $title } ({ $answered } of { $of })
surveys-outcome = 📣 Results: { $title }
surveys-start = Answer
surveys-look = Look
surveys-step = Question { $number } of { $of }
surveys-scale = 1 — not at all, 5 — very.
surveys-many = You can choose several. When you have, press “Done”.
surveys-done = Done
surveys-write = Write in your own words, or skip.
surveys-skip = Skip
surveys-blank = No answer
surveys-back = Back
surveys-later = Later
surveys-press = There is no such answer here: please press one of the buttons.
surveys-anonymous = <i>🔒 The survey is anonymous: your answers are kept without a name and cannot be traced to you.</i>
surveys-by-name = <i>👤 The survey is by name: the school's administration will see what you have answered.</i>
surveys-summary = <b>Your answers</b>
surveys-given-nothing = → <i>no answer</i>
surveys-send = Send the answers
surveys-thanks = Thank you! When the survey closes, the school will see the overall results, but not who said what.
surveys-thanks-by-name = Thank you! Your answers are in.

survey-message =
    The school asks for your opinion: <b>{ $title }</b>.

    A few short questions, two minutes. { $manner } You can answer through { $last_day }.
survey-message-reminder =
    You can still answer: <b>{ $title }</b>.

    It takes two minutes. { $manner } The last day is { $last_day }.
survey-message-anonymous = Answers are anonymous.
survey-message-by-name = The survey is by name: the administration will see who said what.
survey-message-closed = The survey is over: <b>{ $title }</b>. See the results.
survey-message-not-opened =
    The survey <b>{ $title }</b> did not open at the time that was set, and is a draft again.

    { $why }
survey-look-draft = Open the draft
survey-message-published = 📣 You were asked, and this came out: <b>{ $title }</b>
survey-message-satisfied = <b>Satisfied (4 and 5): { $share }%</b>
survey-message-measures = What the school will do:
survey-digest = 📝 Survey “{ $title }”, open until { $last_day }
survey-digest-published = 📣 Results of the survey “{ $title }”

# --- the paper round

paper = 📄 Paper sheets
paper-offer =
    <b>{ $title }</b>

    Sheets for families that have not answered yet: one a family, with a code. The family cuts the strip with the name off and returns the sheet to school. Then any member of staff enters it by its code.

    For whom shall they be printed?
paper-print-offline = Families without the bot
paper-print-all = All who have not answered
paper-printed = { $number ->
        [one] { $number } sheet. Its code is on paper only: the bot does not keep it.
       *[other] { $number } sheets. Their codes are on paper only: the bot does not keep them.
    } After printing better delete the file: names and codes stand side by side in it.
paper-enter = Enter a sheet
paper-enter-of = 📄 Enter a sheet: { $title }
paper-ask-code = <b>{ $title }</b>. Type the code of the sheet: nine digits.
paper-head = 📄 A paper sheet
paper-send = Count the sheet
paper-entered = The sheet is counted. Thank you!
paper-next = The next sheet
paper-address = To: { $guardian } ({ $pupil }, { $class_name })
paper-cut = Cut this strip off before you return the sheet
paper-intro = The school asks for your opinion. It takes a few minutes. Please return the sheet to school by { $day }.
paper-intro-anonymous = The survey is anonymous: no name is needed. The code makes sure that the sheet is counted once. Your answers are kept without name and code.
paper-intro-by-name = This is a survey by name, but answers from paper sheets are entered without a name.
paper-write = In your own words, if you like:
paper-one = Tick one option.
paper-many = You can tick several.
paper-foot = A family's sheet is counted once. Whoever has answered in the bot need not fill it in. The last day: { $day }. Thank you!

# --- ready surveys

survey-satisfaction-title = How the school helps with learning
survey-satisfaction-overall = How satisfied are you with the school's help for children who find learning hard?
survey-satisfaction-informed = How well does the school tell you about your child's successes and difficulties?
survey-satisfaction-help = How useful is the teachers' help when your child does not manage something?
survey-satisfaction-whom = Do you know whom at school to turn to when learning goes badly?
survey-satisfaction-source = Where do you mostly learn about your child's studies?
survey-satisfaction-source-bot = From this bot
survey-satisfaction-source-teacher = From the teacher, in person or by phone
survey-satisfaction-source-meeting = At meetings
survey-satisfaction-source-diary = From the school diary
survey-satisfaction-source-other = Elsewhere
survey-satisfaction-words = What should the school do better?

survey-pulse-title = Pulse: how learning goes
survey-pulse-mood = How gladly has your child gone to school in the last weeks?
survey-pulse-load = How does your child manage homework?
survey-pulse-load-easy = Easily, there could be more
survey-pulse-load-right = Just right
survey-pulse-load-hard = With difficulty, help is needed
survey-pulse-words = What should the school know right now?

survey-methodical-title = Support in teaching
survey-methodical-overall = How satisfied are you with the support in teaching this year?
survey-methodical-lessons = How much does it help you in lessons with those who find learning hard?
survey-methodical-needs = What do you need help with now?
survey-methodical-needs-struggling = Pupils who struggle
survey-methodical-needs-assessment = Formative assessment
survey-methodical-needs-digital = Digital resources
survey-methodical-needs-parents = Talking with parents
survey-methodical-needs-special = Children with special needs
survey-methodical-form = Which kind of help suits you best?
survey-methodical-form-colleague = A lesson together with a colleague
survey-methodical-form-seminar = A seminar at school
survey-methodical-form-course = Training courses
survey-methodical-form-materials = Ready materials
survey-methodical-share = Would you show colleagues something that works well for you?
survey-methodical-words = What should change in the support of teaching?

# --- refusals

error-survey-open = Such a survey is running or planned already. Wait for its end, or close it.
error-survey-nobody = There is nobody to ask: none of those chosen has come yet.
error-survey-still-open = The survey is still open. Results appear when it closes.
error-survey-answered = You have answered already. Thank you!
error-survey-on-paper = The school has your family's paper sheet already, no second answer is needed. Thank you!
error-survey-closed = This survey is closed. Thank you for wanting to answer!
error-survey-incomplete = One question has no answer yet: number { $number }.
error-survey-not-draft = This survey has been launched, it cannot be changed. A planned one can be made a draft again.
error-survey-opened-already = The survey has opened already: it cannot be a draft again.
error-survey-empty = The survey has no question. Add at least one.
error-survey-options = One of the questions has fewer than two options. Write them.
error-survey-no-end = Choose the last day on which the survey is open.
error-survey-end = The last day must be after the opening, and within a year.
error-survey-past = That time has passed. Choose another.
error-survey-published = The participants have been told about this survey already.
error-survey-nothing = There is nothing to tell: too few answers, the results are hidden.
error-options-number = Options are needed: two to { $limit }, each on a line of its own. Now there are { $number }.
error-options-twice = One of the options stands twice. Make them different.
error-questions-number = The number of questions is at most { $limit }. The shorter a survey, the more people answer.
error-sheets-guardians = Paper sheets are for surveys of parents only.
error-sheets-nobody = Nothing to print: all families chosen have answered, or get the survey in the bot.
error-sheet-mistyped = There can be no such code: check the digits, there are nine. The code is printed at the top of the sheet.
error-sheet-unknown = There is no sheet with this code. Check the digits, and whether the sheet is of this survey.
error-sheet-entered = This sheet is entered already. It does not count twice.
error-sheet-family-paper = Another sheet of this family is entered already. This one does not count.
error-sheet-family-chat = This family has answered in the bot already. Its sheet does not count.
error-sheet-blank = The sheet has no answer at all, there is nothing to count.
