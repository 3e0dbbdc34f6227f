# Messages and files

digest-title =
    <b>This evening:</b> { $count ->
        [one] { $count } piece of news
       *[other] { $count } pieces of news
    }
digest-missed =
    <b>Welcome back!</b> While the bot was closed, { $count ->
        [one] { $count } message
       *[other] { $count } messages
    } came for you:
digest-more = …and { $count } more. All of it is in the menu.
moment-before-yesterday = the day before yesterday
moment-yesterday = yesterday
moment-today = today
moment-tomorrow = tomorrow
moment-after-tomorrow = the day after tomorrow
error-file-big = The file is over { $limit } MB: no phone will open it. Please send a smaller one.
error-moment = I do not understand when that is. Write day, month and time, or “tomorrow at 9”, for example.
error-past-day = I do not understand which day that is. Write day and month, or “yesterday”.
error-day = I do not understand which day that is. Write day and month, or “tomorrow”.

announcement-progress = 📨 How the sending goes
announcement-of-event = 📨 <b>Invitations: “{ $title }”</b>
announcement-of-survey = 📨 <b>Invitations to the survey: “{ $title }”</b>
announcement-of-survey-published = 📨 <b>Results of the survey: “{ $title }”</b>
announcement-sent = Delivered: { $sent } of { $total }.
announcement-due = { $minutes ->
        [0] Being sent now: { $people }. This takes less than a minute.
       *[other] Being sent now: { $people }. This takes about { $minutes } minutes.
    }
announcement-later = Later: { $people } (quiet hours or an evening digest). The first: { $at }.
announcement-unreachable = Not delivered: { $people }. These people have stopped the bot or never opened its chat.
announcement-failed = Refused by Telegram: { $people }.
announcement-stopped =
    { $people ->
        [one] ⏸ The sending is stopped: { $people } person has not got the message.
       *[other] ⏸ The sending is stopped: { $people } people have not got the message.
    }
announcement-stopped-over =
    { $people ->
        [one] ⏸ The sending is stopped: { $people } person has not got the message. It is too late to go on.
       *[other] ⏸ The sending is stopped: { $people } people have not got the message. It is too late to go on.
    }
announcement-out = All is out.
announcement-look = 🔄 Refresh
announcement-ask = ⏸ Stop
announcement-go_on = ▶️ Go on
announcement-stop-ask =
    { $people ->
        [one] Stop the sending? { $people } person will not get this message. You can go on at any time.
       *[other] Stop the sending? { $people } people will not get this message. You can go on at any time.
    }
announcement-stop = Yes, stop it
announcement-stop-not = No, let it go on
announcement-to-event = ← To the event
announcement-to-survey = ← To the survey
error-announcement-out = All is out already.
error-announcement-over = It is too late to go on: the event has begun or is called off, or the survey is closed.
