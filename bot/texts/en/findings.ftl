# “We heard you”: what a survey or a letter told, who does something about it, what has changed

go-findings = 👂 We heard you
command-findings = We heard you: what the school does about surveys and letters
finding-start = 👂 We heard you: what to do
finding-none = Nothing here yet. A task can be made of a survey's results or of a letter: the button “We heard you”.
finding-list = <b>👂 We heard you</b>. Done { $done } of { $total }.
finding-item = { $sign } { $text }
    { $name }, by { $day }
finding-sign-open = ⚪
finding-sign-late = 🔴
finding-sign-done = 🟡
finding-sign-told = ✅
finding-ask-text = What have we heard? One or two sentences in plain words; those who said it will read them. For example: “There is nowhere to wait for the bus after lessons”. The limit in characters: { $limit }.
finding-ask-who = Who will see to it?
finding-ask-due = By which day? Choose, or type day and month.
finding-days = { $days ->
        [7] In a week
        [14] In two weeks
       *[other] In a month
    }
finding-preview =
    <b>We heard:</b> { $text }

    { $name } will see to it by { $day }.
finding-save = Give the task
finding-card = <b>👂 We heard:</b> { $text }
finding-from-survey = From the survey “{ $title }”.
finding-from-ticket = From letter no. { $number }.
finding-whose = { $name } sees to it by { $day }.
finding-state-open = Not done yet.
finding-state-late = 🔴 Its day has passed, it is not done yet.
finding-state-done = 🟡 Done. Those who were asked are still to be told.
finding-state-told = ✅ Done and told.
finding-change = <b>What has changed:</b> { $change }
finding-finish = ✅ Done
finding-change-again = Change the words
finding-tell = 📣 Tell them
finding-open = Open
finding-ask-change =
    <b>We heard:</b> { $text }

    What has changed? Write it in plain words: those who were asked will read it. The limit in characters: { $limit }.
finding-told = { $number ->
        [0] There is nobody to tell: the author no longer uses the bot.
        [one] Sent to { $number } person.
       *[other] Sent to { $number } people.
    }
finding-message =
    👂 <b>We heard this, and it is yours to see to:</b> { $text }

    By { $day }. When it is done, write what has changed.
finding-message-done =
    🟡 <b>Something that we heard is done.</b> { $name } writes:

    { $change }

    Heard: { $text }

    Read it and tell those who were asked.
finding-message-told =
    👂 <b>We heard you</b> (survey “{ $title }”): { $text }

    <b>What has changed:</b> { $change }
finding-due = <b>A reminder: we heard this, and it is yours to see to</b>
finding-due-item = • { $text } — by { $day }
finding-digest = 👂 What has changed after the survey “{ $title }”
status-findings = 👂 We heard you: done { $done } of { $total }

error-finding-due = The day must not be past, nor further than a year.
error-finding-told = This has been told already.
error-finding-open = First write what has changed.
