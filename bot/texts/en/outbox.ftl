# Messages and files

digest-title =
    <b>This evening:</b> { $count ->
        [one] { $count } piece of news
       *[other] { $count } pieces of news
    }
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
