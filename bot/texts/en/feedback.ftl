# Letters to the school: for who writes, and for who answers

feedback-start =
    <b>A letter to the school</b>

    Ask, suggest, complain or say thank you. What is it about?
feedback-letters = My letters
ticket-pick-question = ❓ Question
ticket-pick-suggestion = 💡 Suggestion
ticket-pick-complaint = ⚠️ Complaint
ticket-pick-praise = 🙏 Thanks
ticket-topic-question = question
ticket-topic-suggestion = suggestion
ticket-topic-complaint = complaint
ticket-topic-praise = thanks
feedback-about = What would you like to thank for?
ticket-about-teaching = lessons and teachers
ticket-about-equipment = rooms and equipment
ticket-about-other = something else
feedback-write =
    Your letter: { $topic }. Write it in your own words, or record a voice message.

    You can add photos and files, up to ten.
feedback-whom =
    Who should read it?{ $files ->
        [0] { "" }
        [one] { " " }{ $files } file is attached.
       *[other] { " " }{ $files } files are attached.
    }

    To add something, just send it.
feedback-class-teacher = Class teacher ({ $children }): { $name }
feedback-colleague = { $name }, { $position }
feedback-administration = The school's administration
feedback-sign =
    It will be read by <b>{ $name }</b>
    Sign it?

    <b>Without a name</b> means: your name is not in the letter, and nothing in the database ties it to you. The answer reaches you here all the same, and you can write on.
feedback-sign-class = The class teacher will understand that it is from one of the parents of the class.
feedback-sign-files = A voice, handwriting or the name of a file may give you away.
feedback-named = In my own name
feedback-nameless = Without a name
feedback-quote =
    May we quote you, on the school's site or at a meeting for example?{ $named ->
        [yes] { "" }
       *[no] { " " }No name will be given.
    }
feedback-quote-yes = Yes, you may
feedback-quote-no = Rather not
feedback-sent =
    ✉️ Letter no. <b>{ $number }</b> is on its way to { $name }

    { $kind ->
        [praise] Thank you for your kind words! If there is an answer, it comes here.
       *[other] The answer comes here, into this chat. If nobody answers for three working days, the administration is reminded.
    }
feedback-held = These are quiet hours: it will be seen when they are over.
feedback-open = Open the letter
feedback-collecting = Files are coming in. When all are here, press “Send”.
feedback-send = Send
feedback-already-sent = This letter has been sent or cancelled already.
feedback-letters-title = <b>My letters</b>
feedback-letters-none = You have not written to the school yet. If there is something to ask or to say, begin here.
feedback-letters-item = No. { $number }, { $topic }: { $state }
feedback-letter-nameless = <i>A letter without a name: the school does not know who wrote it.</i>
feedback-write-on = Write more
feedback-quote-more = You may quote it
feedback-quote-less = Do not quote it any more
feedback-ask-more = Letter no. { $number }. What shall be added? Write, record a voice message or send files.
feedback-added = Added to letter no. { $number }.

ticket-title = <b>Letter no. { $number }</b>, { $topic }
ticket-from = From: { $author }
ticket-to = To: { $name }
ticket-state = Now: { $state }
ticket-state-waiting = waiting for an answer
ticket-state-open = open
ticket-state-closed = closed
ticket-quotable = May be quoted.
ticket-not-quotable = Must not be quoted.
ticket-close = Close
ticket-closed = Closed. For two weeks you can still write more.
ticket-answer = Answer
ticket-thread = Whole thread
ticket-pass = Pass on
ticket-passed = Passed on to { $name }
ticket-back = Back
ticket-files = 📎 Files ({ $count })
ticket-files-of = These are the files of letter no. { $number }.
ticket-you = you
ticket-author = author
ticket-author-nameless = without a name
ticket-author-gone = the author is no longer on the school's lists
ticket-author-named = { $name } ({ $children })
ticket-said = <b>{ $at }, { $who }:</b>
ticket-attached =
    📎 { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
ticket-erased = <i>text erased</i>
ticket-was-closed = <i>{ $at }: closed ({ $who })</i>
ticket-was-passed = <i>{ $at }: passed on, { $name } answers now</i>
ticket-cut = <i>…the beginning of the thread did not fit</i>
ticket-waits = waiting { $time }
ticket-waits-long = ⏳ Waiting for an answer: { $time }
ticket-waited-days =
    { $days ->
        [one] { $days } working day
       *[other] { $days } working days
    }
ticket-waited-hours =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
ticket-waited-now = less than an hour
ticket-waited-today = since today
ticket-waited-off = less than a working day

tickets-open = <b>Letters to the school</b>
tickets-closed = <b>Closed letters</b>
tickets-praise = <b>Thanks that may be quoted</b>
tickets-none = Nothing here yet.
tickets-item = No. { $number }, { $topic }: { $state }. To: { $name }
tickets-quote = No. { $number }: “{ $text }”
tickets-button = No. { $number }, { $topic }
tickets-go-open = Open
tickets-go-closed = Closed
tickets-go-praise = Thanks
tickets-late = ⏳ <b>These letters have waited for an answer too long:</b>
tickets-late-item = • No. { $number }, { $topic }: { $time }. To: { $name }
tickets-late-more = …and { $count } more. All are among the letters to the school.

ticket-ask-answer = Letter no. { $number }. What is the answer? Write, record a voice message or send files.
ticket-answered = The answer to letter no. { $number } is on its way.
ticket-held = These are quiet hours: the answer arrives when they are over.
ticket-ask-pass =
    Who should get letter no. { $number }?

    Whoever you choose will see the whole thread.

ticket-message =
    ✉️ <b>Letter no. { $number }</b>, { $topic }
    From: { $author }
ticket-message-more =
    ✉️ Letter no. { $number }, { $topic }: the author has written more
    From: { $author }
ticket-message-answer =
    ✉️ <b>An answer to your letter no. { $number }</b>
    From { $name }
ticket-message-closed = Letter no. { $number } is closed. If something is left, you can write more for two weeks.
ticket-message-closed-by-author = Letter no. { $number }: its author has closed it.
ticket-message-passed = Letter no. { $number } is now answered by { $name }
ticket-message-given = ✉️ { $by } passes letter no. { $number } ({ $topic }) on to you.
ticket-digest-closed = ✉️ Letter no. { $number } is closed
ticket-digest-passed = ✉️ Letter no. { $number } has been passed on: { $name }
ticket-digest-open = Letter no. { $number }

error-ticket-content = That does not fit into a letter. Send text, a voice message, a photo, a video or a file.
error-ticket-files = One letter takes at most { $limit ->
        [one] { $limit } file
       *[other] { $limit } files
    }: the first are in, the rest are not. You can send the rest after it.
error-ticket-addressee = This member of staff takes no letters any more. Choose somebody else: send just one more word, and the list is fresh.
error-ticket-closed = This letter was closed more than two weeks ago. Please write a new one: /feedback.
error-ticket-author-gone = The author no longer uses the bot: there is nobody to answer.
error-ticket-nameless = The author must see who answers. Please say who you are: press /start.
