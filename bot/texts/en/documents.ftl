# Documents: agreements, minutes, programmes, practices, trainings, local acts

document-kind-agreement = Agreement with an organisation
document-kind-minutes = Minutes
document-kind-extracurricular = Extracurricular programme
document-kind-literacy = Functional literacy programme
document-kind-practice = Teaching practice
document-kind-training = Teacher training
document-kind-local_act = Local act

document-shelf-agreement = Agreements
document-shelf-minutes = Minutes
document-shelf-extracurricular = Extracurricular
document-shelf-literacy = Literacy programmes
document-shelf-practice = Practices
document-shelf-training = Training
document-shelf-local_act = Local acts
document-shelf-waiting = Waiting for your decision
document-shelf-expiring = Running out soon
document-shelf-bank = Bank of practices
document-shelf-mine = My practices and training

documents-admin =
    <b>Documents of the school</b>

    In brackets: how many are in force today.
documents-teacher =
    <b>Documents</b>

    { $practices ->
        [0] The bank of practices is still empty. Yours can be the first!
        [one] There is { $practices } practice in the bank.
       *[other] There are { $practices } practices in the bank.
    }
documents-acts = Local acts ({ $there } of { $wanted })
documents-acts-title =
    <b>Local acts of the programme</b>

    Press a line to open the document or to add a missing one.
document-act-there = ✅ { $number }. { $title }
document-act-missing = ➖ { $number }. { $title }
document-act-all = All acts on file
documents-shelf = <b>{ $name }</b>
documents-none = Nothing yet.
documents-legend = ✅ in force · ⏳ being checked · ↩️ to be put right · ⌛ run out · ✖ no longer in force
documents-bank = Press a practice to read it and open its files.
documents-back = To the documents
documents-declared = What teachers use
document-add = Add a document
document-add-practice = Add a practice of mine
document-add-training = Add a training of mine
document-add-another = Add another

document-title = <b>{ $title }</b>
document-number = No. { $number }
document-day = Date: { $day }
document-until = In force until { $day }
document-whose-practice = Author: { $name }
document-whose-training = Who was trained: { $name }
document-supports = Supports a school subject
document-state-waiting = Waiting for the administration.
document-state-returned = To be put right.
document-state-in_force = In force, accepted on { $day }.
document-state-run_out = It has run out.
document-state-withdrawn = No longer in force since { $day }.
document-ends = No longer in force from { $day }.
document-comment = <blockquote>{ $text }</blockquote>
document-files = { $count ->
        [one] 📎 { $count } file
       *[other] 📎 { $count } files
    }
document-confirm = Accept
document-return = Send back
document-mend = Put it right
document-withdraw = No longer in force
document-ended = Take away
document-back = To the document
document-open = Open: { $title }
document-confirmed = Accepted.
document-withdrawn = Done: no longer in force.
document-ask-word = { $name }, “{ $title }”: what should be different? A few words, { $limit ->
        [one] up to { $limit } character
       *[other] up to { $limit } characters
    }.
document-ask-end = “{ $title }”: from which day is it no longer in force? Press, or write a day, for example 01.09.2027.
document-ended-today = From today on

document-ask-kind = What shall we add?
document-ask-title-agreement = With whom is the agreement, and on what? For example: the next village's school, lessons together.
document-ask-title-minutes = Which meeting? For example: teachers' council, how we work with pupils who fall behind.
document-ask-title-extracurricular = What is the extracurricular programme called?
document-ask-title-literacy = What is the functional literacy programme called?
document-ask-title-practice = What is the practice called? For example: Working in pairs in mathematics.
document-ask-title-training = Which training was it? For example: course “Pupils who fall behind”, 72 hours.
document-ask-title-local_act = What is the document called?
document-ask-day = On which day was it signed or approved? Press, or write, for example 25.11.2026.
document-ask-day-training = When did the training end? Press, or write, for example 25.11.2026. It counts for three years.
document-today = Today
document-yesterday = Yesterday
document-ask-number = Which number does it have? Write it as it stands on the paper.
document-ask-until = Until which day is it in force? Press, or write a day, for example 31.08.2027.
document-years = { $years ->
        [one] { $years } year
       *[other] { $years } years
    }
document-no-end = Without an end
document-ask-whose-practice = Whose practice is it?
document-ask-whose-training = Who was trained?
document-has-files = { $count ->
        [one] 📎 { $count } file attached
       *[other] 📎 { $count } files attached
    }
document-album = 📎 Taking your files
document-check = Is all of it right? Photos and files can be sent right here.
document-check-waits = Is all of it right? Photos and files can be sent right here. The administration will look at it and accept it.
document-save = Save
document-save-waits = Send
document-field-title = Title
document-field-number = Number
document-field-day = Date
document-field-until = Until
document-field-whose = Whose
document-field-files = Take files away
document-subject-yes = ✅ Supports a subject
document-subject-no = ➖ Supports a subject
document-saved = Saved: <b>{ $title }</b>.
document-saved-waits = Thank you! Sent to be checked: <b>{ $title }</b>. The bot will write when somebody has looked at it.
document-gone = This document is saved already, or you have begun another. Open “Documents”.

document-accepted-practice = 🎉 Your practice “{ $title }” is accepted and in the bank now: your colleagues will see it. Thank you!
document-accepted-training = Your training counts now: “{ $title }”. Thank you!
document-returned =
    “{ $title }”: something should be put right.

    <blockquote>{ $text }</blockquote>
document-expiry-title = ⌛ <b>Running out soon</b>
document-expiry-line = { $kind } “{ $title }”: until { $day }
document-expiry-more = and { $count } more

error-document-future = That day is still to come. Add the document once it is signed.
error-document-old = That is too long ago: from { $year } on, please. Check the year.
error-document-training-old = That is more than three years ago; such a training no longer counts.
error-document-over = That day has passed. Write the last day on which the document is still in force.
error-document-far = That is too far away. Check the year.
error-document-day = I do not understand which day that is. Write, for example: 25.11.2026.
error-document-file = A file or a photo is expected now. To save or change something, press a button above.
error-document-files = A document takes at most { $limit ->
        [one] { $limit } file
       *[other] { $limit } files
    }. The others are not attached.
error-document-decided = This document is decided already.
error-document-withdrawn = This document is marked as no longer in force already.
error-document-withdraw-past = Not for a past day: choose today or a later one.
error-document-withdraw-late = By that day the document will have run out anyway.
