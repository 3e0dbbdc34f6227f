# The support list, learning routes, agreement

go-risk = Support for pupils
command-risk = Support for pupils: the list and the routes

risk-title =
    <b>Support list</b>: { $count ->
        [one] { $count } pupil
       *[other] { $count } pupils
    }{ $waiting ->
        [0] {""}
        [one] , something waits for you about { $waiting }
       *[other] , something waits for you about { $waiting }
    }
    Only the teachers of the class, the psychologist and the administration see it.
risk-line = <b>{ $name }</b>, { $class_name }
risk-due = ⏳ { $what }
risk-due-review = review is due
risk-due-route = no route
risk-due-draft = the route is not sent
risk-due-guardians = waiting for the parents
risk-due-answer = the parents wrote
risk-due-week = the week is not marked
risk-due-cycle = the result is due
risk-do-review = 🔁 Review
risk-do-route = 🧭 Write a route
risk-do-draft = 📝 Finish the route
risk-do-guardians = ✍️ The parents' answer
risk-do-answer = 💬 The parents wrote
risk-do-week = 📈 The week
risk-do-cycle = 🏁 The result
risk-do-open-route = 🧭 Route
risk-do-card = Open the card
risk-empty = There is nobody on it now.
risk-unconfirmed = The list has not been confirmed for this school year.
risk-confirmed = ✓ The list was confirmed for the school year on { $day }.
risk-confirm = Confirm the list
risk-confirm-ask =
    <b>Confirm the list for this school year?</b>

    There { $count ->
        [one] is { $count } pupil
       *[other] are { $count } pupils
    } on it, { $overdue ->
        [0] all of them reviewed in time
       *[other] the review is overdue for { $overdue }
    }.
risk-confirm-sure = Yes, the list is right
risk-confirm-done = Done, the list is confirmed.
risk-confirm-already = The list is confirmed for this year already.
risk-add = ➕ Add a pupil
risk-to-list = To the list

risk-card = <b>{ $name }</b>, { $class_name }. On the support list since { $since }.
risk-card-review = Reviewed { $day }, { $who }. The next review: { $due }.
risk-card-before = Before:
risk-card-earlier = { $day }, { $who }: { $level }

risk-choose-class = Who is it? Choose the class, or write the surname in full; the first name may follow.
risk-choose-name = Who is it? Write the surname in full; the first name may follow.
risk-which-pupil = Who is it?
risk-no-pupils = There is nobody in this class yet.
risk-candidate-registered = ✓ { $name } — on the list
risk-signs =
    <b>{ $name }</b>, { $class_name }. What do you see?

    Mark it with the buttons. You can also write: a number is the per cent of lessons missed, words are your observation.
risk-mark-absences-few = Absences <5%
risk-mark-absences-some = 5–10%
risk-mark-absences-many = 10% on
risk-mark-behaviour-calm = Behaviour: fine
risk-mark-behaviour-remarks = remarks
risk-mark-behaviour-serious = serious
risk-mark-courses-none = Keeps up in all subjects
risk-mark-courses =
    { $count ->
        [0] Hard subjects
       *[other] Hard subjects: { $count }
    }
risk-words-drop = Clear the observation
risk-next = Next
risk-subjects = <b>{ $name }</b>: which subjects are not working out now? If one is missing, write its name.
risk-subjects-typed = Also: { $names }
risk-subjects-done = Done
risk-subject-math = Mathematics
risk-subject-russian = Russian
risk-subject-literature = Literature
risk-subject-reading = Reading
risk-subject-foreign = Foreign language
risk-subject-world = World around us
risk-subject-history = History
risk-subject-social = Social studies
risk-subject-geography = Geography
risk-subject-biology = Biology
risk-subject-physics = Physics
risk-subject-chemistry = Chemistry
risk-subject-informatics = Computing
risk-behaviour-calm = fine
risk-behaviour-remarks = remarks
risk-behaviour-serious = serious incidents
risk-level-none = no concern
risk-level-some = worth watching
risk-level-high = high risk
risk-level-said = observation
risk-factor-absences =
    • Absences { $percent ->
        [-1] { $band ->
            [few] under 5%
            [some] from 5 to 10%
           *[many] 10% or more
        }
       *[other] { $percent }%
    } (threshold { $threshold }%): { $level }
risk-factor-behaviour = • Behaviour ({ $words }): { $level }
risk-factor-courses =
    { $count ->
        [0] • Keeps up in all subjects: { $level }
       *[other] • Hard subjects: { $names } (threshold: one is worth watching, two are a high risk): { $level }
    }
risk-factor-words = • Observation:
risk-together = Together: <b>{ $level }</b>. This is a hint, a person decides.
risk-short-absences =
    absences { $percent ->
        [-1] { $band ->
            [few] under 5%
            [some] 5–10%
           *[many] 10% on
        }
       *[other] { $percent }%
    }
risk-short-behaviour = behaviour: { $words }
risk-short-courses = subjects: { $names }
risk-preview = Put on the support list: <b>{ $name }</b>, { $class_name }?
risk-preview-review = Record the review: <b>{ $name }</b>, { $class_name }?
risk-preview-who-sees = The teachers of the class, the psychologist and the administration see the list. The parents are told nothing of it: you will send them the route when it is ready.
risk-save = Put on the list
risk-save-review = Record the review
risk-edit = Correct
risk-saved = Done: <b>{ $name }</b> is on the support list. The review is due { $due }.
risk-saved-review = The review is recorded: <b>{ $name }</b>. The next one is due { $due }.
risk-draft-gone = This entry is closed. Begin anew: /risk.

risk-off = Take off the list
risk-off-ask = <b>{ $name }</b>: with which outcome?
risk-outcome-reached = The goal is reached
risk-outcome-moved = Another school
risk-outcome-other = Something else
risk-off-preview = Take off the support list: <b>{ $name }</b>. Outcome: { $outcome }.
risk-off-route = The route ends too, and the parents are told so.
risk-off-words = You can add a few words: just write them.
risk-off-words-needed = Say in a few words what the outcome is.
risk-off-sure = Take off the list
risk-taken-off = Done: <b>{ $name }</b> is on the list no more. Outcome: { $outcome }.

route-span = { $first } — { $last }
route-goal = <b>Goal:</b>
route-goal-missing = <b>Goal:</b> not written yet
route-measures = <b>What we do:</b>
route-measures-missing = <b>What we do:</b> not written yet
route-dates = <b>When:</b> { $span }
route-champion = <b>Answers for it:</b> { $name }
route-file = 📎 { $name }
route-file-nameless = file
route-open-file = 📎 File

route-ask-goal = <b>{ $name }</b>. What is the goal of the route? One or two sentences that the parents will read. For example: “To be at ease with fractions by the end of term”.
route-ask-measures = What shall we do? Each measure on a line of its own, up to { $lines }. For example: “A lesson on Tuesdays at 14:00”.
route-ask-dates =
    Now: { $span }.

    Write the new dates: “1.12 – 15.01”, or the end alone: “15.01”.
route-ask-champion = Who answers for the route? That person answers the parents, and is asked by the bot how the week went.
route-ask-file = Send a file or a photo: the parents get it together with the route.
route-remove-file = Take the file out
route-back = ← Back
route-draft = <b>{ $name }</b>, { $class_name }. A draft of the route; the parents do not see it yet.
route-edit-goal = Goal
route-edit-measures = What we do
route-edit-dates = Dates
route-edit-champion = Who answers for it
route-edit-file = File
route-send = Show what the parents will see
route-send-ask = This is what the parents will see:
route-send-sure = Send to the parents
route-discard = Put the draft aside
route-discarded = The draft is put aside. The parents were told nothing.
route-sent = Done: the route is sent. Pupil: <b>{ $name }</b>.
route-sent-to = Get it in the bot: { $names }.
route-sent-paper = Without the bot: { $names }. Show the route on paper and note the agreement here.
route-sent-nobody = There are no parents on the list yet.
route-see = Open the route
route-a-guardian = a guardian

route-title = <b>{ $name }</b>, { $class_name }. Learning route, version { $number }
route-answers = <b>Parents:</b>
route-answered-agreed = ✅ { $who }: agreed { $day }
route-answered-paper = ✅ { $who }: agreed on paper { $day }
route-answered-discuss = 💬 { $who }: would like to discuss it, { $day }
route-answered-refused = ✖️ { $who }: does not agree, { $day }.
route-asked = ⏳ { $who }: { $state }
route-asked-absent = ⏳ { $who }: not in the bot, a signature on paper is needed
route-asked-later = ⏳ { $who }: can see the route in the bot, there was no message
route-state-seen = read, no answer
route-state-delivered = delivered, no answer
route-state-waiting = waiting to be sent
route-state-unreachable = not delivered: the bot is blocked or closed
route-weeks = <b>Week by week:</b>
route-week-line = { $sign } from { $day }: { $mark }
route-mark-better = better
route-mark-same = the same
route-mark-worse = harder for now
route-sign-better = 📈
route-sign-same = ➖
route-sign-worse = 📉
route-do-better = 📈 Better
route-do-same = ➖ The same
route-do-worse = 📉 Worse
route-result = <b>Result:</b> { $result }
route-result-reached = the goal is reached
route-result-partly = it worked in part
route-result-missed = it has not worked yet
route-over = The route ended { $day }.
route-said = <b>{ $at }, { $who }:</b>
route-erased = text erased
route-thread-cut = <i>…earlier messages did not fit</i>
route-to-draft = 📝 To the draft
route-change = Change the route
route-week = 📈 The week
route-cycle = 🏁 The result
route-paper = ✍️ Agreed on paper: { $who }
route-write-to = 💬 Write to: { $who }
route-ask-paper = <b>{ $child }</b>. { $who }: when was it signed? Press, or write day and month.
route-paper-today = Today
route-paper-yesterday = Yesterday
route-paper-logged = Noted: agreed on paper.
route-ask-to-guardian = <b>{ $child }</b>. { $who }. What shall we write about the route?
route-written = Done, your message is sent.
route-held =
    It is quiet hours now: the guardian will get it { $day ->
        [today] today
       *[tomorrow] tomorrow
    } at { $time }.
route-held-school =
    It is quiet hours now: the school will see it { $day ->
        [today] today
       *[tomorrow] tomorrow
    } at { $time }.

route-ask-week = <b>{ $name }</b>, { $class_name }. How did the week from { $day } go? The parents will see the mark in the route.
route-week-marked = Noted: <b>{ $name }</b>, the week from { $day }: { $mark }.
route-add-words = Add words
route-ask-words = What shall be added about the week? One sentence is enough: the parents will read it.
route-ask-cycle = <b>{ $name }</b>, { $class_name }. What came of it?
route-ask-go-on = <b>{ $name }</b>. Result: { $result }. What now?
route-go-on = Go on for six more weeks
route-end = End the route
route-ended-staff = Done: the route has ended, the parents will be told. Pupil: <b>{ $name }</b>.

route-message =
    🧭 <b>{ $child }</b>: learning route

    The school has made a plan to help with learning. Please look at it and say whether you agree.
route-message-changed =
    🧭 <b>{ $child }</b>: the learning route has changed

    Please look at what has changed and answer once more: we need your agreement to exactly this plan.
route-message-ask = Do you agree with this plan? It can be discussed and changed.
route-changes = <b>What has changed:</b>
route-changed-goal =
    • Goal
    was: { $was }
    is now: { $became }
route-taken-out = • taken out: { $line }
route-put-in = • added: { $line }
route-changed-dates =
    • When
    was: { $was }
    is now: { $became }
route-changed-champion =
    • Answers for it
    was: { $was }
    is now: { $became }
route-changed-file = • Another file
route-own-agree = I agree
route-own-discuss = Discuss
route-own-refuse = I do not agree
route-own-open = The whole route
route-own-write = 💬 Write about the route
route-own-title = 🧭 <b>{ $child }</b>: learning route
route-own-line = 🧭 Learning route until { $last }: { $state }
route-own-waits = waiting for your answer
route-own-over = The route has ended. Thank you for being there!
route-own-said-agreed = agreed
route-own-said-discuss = being discussed
route-own-said-refused = not agreed
route-own-answer-agreed = ✅ You agreed { $day }. Thank you!
route-own-answer-discuss = 💬 You would like to discuss the plan ({ $day }). When you have decided, press a button.
route-own-answer-refused = ✖️ You did not agree { $day }. The school sees it; if you change your mind, press a button.
route-own-result = <b>What came of it:</b> { $result }
route-agreed-thanks = Thank you! The school sees that you agree.
route-agreed-already = Your agreement is noted already, thank you.
route-ask-discuss = What would you like to discuss? Write it as it is: { $name } will answer.
route-ask-reason = Please tell us what does not suit you. { $name } will read it, and we shall look for another way.
route-passed-on = Thank you, it is passed on. { $name } will answer.
route-you = you
route-digest = 🧭 <b>{ $child }</b>: a learning route waits for your answer
route-digest-ended = 🧭 <b>{ $child }</b>: the learning route has ended
route-digest-open = 🧭 { $child }: route
route-message-ended = 🧭 <b>{ $child }</b>: the learning route has ended.
route-message-thanks = Thank you for being there!
route-message-reply = 🧭 <b>{ $child }</b>, learning route. { $name } writes to you:
route-reply = Answer

route-message-agreed = ✅ <b>{ $child }</b>, { $class_name }: { $who } agrees to the route.
route-message-discuss = 💬 <b>{ $child }</b>, { $class_name }: { $who } would like to discuss the route.
route-message-refused = ✖️ <b>{ $child }</b>, { $class_name }: { $who } does not agree to the route. The reason:
route-message-written = 💬 <b>{ $child }</b>, { $class_name }. About the route writes { $who }:
route-message-progress = 📈 <b>{ $child }</b>, { $class_name }: how did the week go with the route?
route-message-cycle = 🏁 <b>{ $child }</b>, { $class_name }: the route has come to its end. What came of it?

error-risk-percent = The share of lessons missed is from 0 to 100 per cent. Type it again, or what you have seen in words.
error-risk-percent-whole = A whole number of per cent is needed. Type 7, for example, or 8.
error-risk-observed = Too long together with the earlier observation: at most { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    }, and this makes { $length }. The earlier one is kept. Please send a shorter one, or clear the earlier one with the button.
error-risk-nameless = What is noted about support needs a name under it. Please say yours first: press /start.
error-risk-registered = { $name } is on the support list already.
error-risk-nobody = There is no such pupil. Check the surname: it is needed in full, the first name may follow.
error-risk-no-reason = Mark at least one sign, or say in your own words why support is needed.
error-route-sent = This version of the route has been sent. To change it, open the route and press “Change”.
error-route-discarded = This draft was put aside. Open the route anew: /risk.
error-route-measures = No more than { $lines ->
        [one] { $lines } line
       *[other] { $lines } lines
    }, each no longer than { $length ->
        [one] { $length } character
       *[other] { $length } characters
    }. Please shorten it.
error-route-dates = Check the dates: the end must be after the beginning, not before today and not over a year away.
error-route-ended = This route has ended already.
error-route-unfinished = The route is not finished: it needs a goal and at least one measure.
error-route-paper-day = This day does not fit: a paper is signed after the route was written, and not later than today.
error-route-guardian-gone = This guardian does not use the bot. Please call.
error-route-week = This week cannot be marked: the route was not running then.
error-route-finished = The result of this route is recorded already.
route-old-version = This is an earlier version of the route. Below is the present one.
error-route-span = These dates are not clear. Write, for example, “1.12 – 15.01” or “15.01”.
