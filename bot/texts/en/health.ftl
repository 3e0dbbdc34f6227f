# The bot itself: what it tells the administration when something is wrong with it

health-inbox =
    ⚠️ <b>The bot does not answer people</b>

    { $count ->
        [one] { $count } message is without an answer
       *[other] { $count } messages are without an answer
    }, the oldest has waited for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }. They are not lost: the bot tries again and again.

    Forward this message to whoever looks after the server: the reason is in the bot's log, on the line <code>{ $log }</code>.

health-inbox-over = ✅ The bot answers people again. Those who waited get their answers, too.

health-outbox =
    ⚠️ <b>Messages do not reach people</b>

    { $count ->
        [one] { $count } message is stuck
       *[other] { $count } messages are stuck
    }, the oldest has waited for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }. They are not lost: the bot tries again and again.

    Forward this message to whoever looks after the server. Usually restarting the bot helps.

health-outbox-over = ✅ Messages reach people again. Those that waited are on their way.

health-disk =
    ⚠️ <b>The server's disk has little room left</b>

    { $megabytes } MB are left, and at least { $needed } MB are needed. When there is no more, the bot cannot store a single message and falls silent.

    Forward this message to whoever looks after the server: they should make room. Copies of the database made by hand can be moved to a memory stick.

health-disk-over = ✅ The server's disk has enough room again.

health-tick =
    ⚠️ <b>The bot cannot do one of its jobs</b>

    Which one: { $job }. It has failed { $times ->
        [one] { $times } time
       *[other] { $times } times
    } in a row. Everything else works, and the bot goes on trying.

    Forward this message to whoever looks after the server: the reason is in the bot's log, on the line <code>{ $log }</code>.

health-tick-over = ✅ The bot can do its job again: { $job }.

health-job-activities = the activities of the programme and their reminders
health-job-backup = the nightly copy of the database
health-job-declarations = the questions to teachers at the beginning of a quarter
health-job-documents = reminders of documents that run out
health-job-events = reminders of events
health-job-feedback = letters to the school
health-job-findings = reminders of “What we heard”
health-job-health = looking after the bot itself
health-job-inbox = clearing handled messages away
health-job-indicators = reminders of indicators that are behind
health-job-outbox = the evening digests
health-job-privacy = deleting data whose time is over
health-job-risk = questions about learning routes
health-job-roster = the turn of the school year
health-job-surveys = opening and closing surveys
