# Messages and files

digest-title =
    <b>This evening:</b> { $count ->
        [one] { $count } piece of news
       *[other] { $count } pieces of news
    }
digest-more = …and { $count } more. All of it is in the menu.
moment-today = today
moment-tomorrow = tomorrow
moment-after-tomorrow = the day after tomorrow
error-file-big = The file is over { $limit } MB: no phone will open it. Please send a smaller one.
error-moment = I do not understand when that is. Write, for example: 25.11 18:00 or “tomorrow at 9”.
error-day = I do not understand which day that is. Write, for example: 25.11 or “tomorrow”.
