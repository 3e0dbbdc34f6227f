# Surveys: for whoever asks, and for whoever answers

survey-none = There have been no surveys yet. The satisfaction survey is ready: it only has to be opened.
survey-list = <b>Surveys</b>
survey-item = { $state } { $day } { $title }
survey-create = Ask the parents
survey-preview = <b>{ $title }</b>
survey-preview-ask = All parents who are with the bot will be asked. Answers are anonymous. For how many days?
survey-question = { $number }. { $text }
survey-days = { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
survey-opened = The survey is open, invitations are on their way.
survey-title = <b>{ $title }</b>
survey-response = { $finished } of { $asked } have answered ({ $share } %).
survey-open-until = Open through { $day }.
survey-open-hidden = Results appear when the survey closes: nobody sees them before.
survey-close = Close now
survey-close-ask = { $finished } of { $asked } have answered. Close the survey? Nobody can answer after that.
survey-close-sure = Yes, close
survey-close-not = No, let it run
survey-results = Results
survey-back = All surveys
survey-satisfied = <b>Satisfied (4 and 5): { $share } %</b>
survey-satisfied-hidden = Fewer than { $minimum } answers, so results are hidden: one could guess who said what.
survey-hidden = <i>Too few answers, the result is hidden.</i>
survey-bar = { $label } { $bar } { $share } % ({ $count })
survey-yes = Yes
survey-no = No

survey-satisfaction-title = How the school helps with learning
survey-satisfaction-overall = How satisfied are you with the school's help for children who find learning hard?
survey-satisfaction-informed = How well does the school tell you about your child's successes and difficulties?
survey-satisfaction-help = How useful is the teachers' help when your child does not manage something?
survey-satisfaction-whom = Do you know whom at school to turn to when learning goes badly?
survey-satisfaction-source = Where do you mostly learn about your child's studies?
survey-satisfaction-words = What should the school do better?
survey-source-bot = From this bot
survey-source-teacher = From the teacher, in person or by phone
survey-source-meeting = At meetings
survey-source-diary = From the school diary
survey-source-other = Elsewhere

surveys-none = There are no surveys for you now. Thank you for looking!
surveys-list = <b>You are asked to answer</b>
surveys-item = { $title } ({ $answered } of { $of })
surveys-start = Answer
surveys-step = Question { $number } of { $of }
surveys-scale = 1 — not at all, 5 — very.
surveys-write = Write in your own words, or skip.
surveys-skip = Skip
surveys-back = Back
surveys-later = Later
surveys-anonymous = <i>The survey is anonymous: your answers are kept without a name and cannot be traced to you.</i>
surveys-summary = <b>Your answers</b>
surveys-given-nothing = → <i>no answer</i>
surveys-send = Send the answers
surveys-thanks = Thank you! When the survey closes, the school will see the overall results, but not who said what.

survey-message =
    The school asks for your opinion: <b>{ $title }</b>.

    A few short questions, two minutes. Answers are anonymous. You can answer through { $last_day }.
survey-message-reminder =
    You can still answer: <b>{ $title }</b>.

    It takes two minutes, and answers are anonymous. The last day is { $last_day }.
survey-message-closed = The survey is over: <b>{ $title }</b>. See the results.

error-survey-open = Such a survey is running already. Wait for its end, or close it.
error-survey-nobody = No parent has come yet: there is nobody to ask.
error-survey-still-open = The survey is still open. Results appear when it closes.
error-survey-answered = You have answered already. Thank you!
error-survey-closed = This survey is closed. Thank you for wanting to answer!
error-survey-incomplete = One question has no answer yet: number { $number }.
survey-digest = 📝 Survey “{ $title }”, open until { $last_day }
