# Slips with invitations, who has come, guardians' access

access-closed =
    The school has ended your access to messages about a child: { $child }.

    If this is a mistake, tell the class teacher, who can give you a new invitation. To see or erase your data: /privacy.
error-nobody-came = Nobody has come to this place yet: there is no access to end. The invitation can be withdrawn.

slip-name = { $pupil }, { $class_name }
slip-whom = For: { $relation }
slip-until = Works once, until { $day }
slip-aside = Nobody has to use the bot: the school takes a call or a paper note just as well.
slip-what = Teachers write here about your child's progress; you answer with one button.
slip-how = Point your phone's camera at the code, or open the link in Telegram.

invite-who-came = Who has come
slips-open = 🖨 Slips with invitations
slips-open-school = 🖨 Slips for the whole school
slips-title-class = <b>Slips with invitations: class { $name }</b>
slips-title-school = <b>Slips with invitations: the whole school</b>
slips-none = All parents on the list use the bot already: there is nothing to print.
slips-count = { $count ->
        [one] There will be { $count } slip
       *[other] There will be { $count } slips
    }, 15 an A4 page: cut along the dashes and give them to the parents. The codes work for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.
slips-renew = ⚠️ Slips printed before and other invitations of these families will stop working. { $count ->
        [one] { $count } parent has one now.
       *[other] { $count } parents have one now.
    }
slips-print-ru = Print the slips in Russian
slips-print-en = Print the slips in English
slips-file = Slips with invitations
slips-ready = Done: { $count ->
        [one] { $count } slip
       *[other] { $count } slips
    }. The file is below. Slips printed before for these families no longer work. Better delete the file after printing: it holds the codes.
slips-withdraw = Withdraw the class's invitations
slips-withdraw-ask = Withdraw all open invitations to parents of class { $name }? There are { $count }. Slips in their hands will stop working.
slips-withdraw-sure = Yes, withdraw
slips-withdrawn = The invitations are withdrawn.
slips-back = Back to the class
error-slips-changed = Invitations have been made here since. Open the slips again if you need new ones.
error-no-slips = There is nothing to print: all parents on the list use the bot already.

pupil-card = <b>{ $name }</b>, class { $class_name }
pupil-add = Add an adult
pupil-left = Has left the school
pupil-back = Back to the pupil
place-invite = New invitation: { $who }
place-withdraw = Withdraw the invitation: { $who }
place-withdrawn = The invitation is withdrawn.
place-close = End access: { $who }
place-close-ask =
    End access to messages about this pupil?

    <b>{ $child }</b>: { $who }. They will get nothing more about this child, and what has not gone out yet never will. The bot tells them. The bot invites them no more until you open access on this card.
place-close-sure = Yes, end access
place-open = Open access again: { $who }
place-open-ask =
    The school has ended this person's access. Allow inviting them again?

    <b>{ $child }</b>: { $who }. Access itself comes back only by a new invitation.
place-open-sure = Yes, allow
place-opened = Somebody can be invited here now.
error-place-closed = The school has ended this person's access. It can be opened again on the pupil's card: /roster → class → pupil.
error-place-open = This access is not closed.
place-closed = Access ended.

left-when = { $name }: which was the last day at school? Choose or type day and month.
left-today = Today, { $day }
left-yesterday = Yesterday, { $day }
left-ask =
    <b>{ $name }</b>: was { $day } the last day at school?

    After that day the parents see nothing about the child, and what has not gone out yet never will. Those with no other child here are told tomorrow morning that the messages have ended and how to erase their data. It can be undone until the end of today.
left-sure = Yes, mark it
left-done = Marked: { $name }, last day { $day }. It can be undone today.
left-undo = Undo: the pupil stays
left-undone = Undone: the pupil stays.
child-left =
    Hello! Your child ({ $child }) is no longer a pupil of our school, so messages from here will end. Thank you for being with us, and good luck at the new place!

    The bot will erase your data by itself in { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. To take them with you or erase them sooner: /privacy.
error-left-already = This pupil is marked as having left already.
error-left-day = The last day is today at the latest, and not before the pupil came.
error-left-undo = This can be undone on the same day only. Load the class list: the pupil will be there again.

codes-guessed =
    ⚠️ <b>Somebody tries to guess invitation codes</b>

    In the last hour different chats have sent { $count ->
        [one] { $count } wrong code
       *[other] { $count } wrong codes
    }. A code cannot be guessed, it is too long, and after ten mistakes a chat has to wait for an hour. There is nothing to do. If it happens again tomorrow, tell whoever looks after the bot.

# The leaflet for parents: one sheet of A4

leaflet-open = 📄 Leaflet for parents
leaflet-ready = Done, the file is below: one page that says what the bot is. Hand it out with the slips. There is nothing personal in it.
leaflet-title = The school's bot for parents
leaflet-lead = Teachers write here how your child is doing, and you answer with one button. It is all in Telegram: there is nothing new to install.
leaflet-does = What it does
leaflet-does-1 = Brings you word from teachers: what went well, where help is needed, what not to forget.
leaflet-does-2 = Takes your answer to the teacher, or your wish to be called.
leaflet-does-3 = Invites you to meetings and celebrations, signs you up and reminds you.
leaflet-does-4 = Asks what you think, and tells you what the school will do about it.
leaflet-does-5 = Takes your letters to the school, signed or without a name, and brings the answer.
leaflet-come = How to come in
leaflet-come-1 = Take the slip with a code from the class teacher. Each parent has a slip of their own.
leaflet-come-2 = Point the phone's camera at the code, open the link and press “Start”.
leaflet-come-3 = Read what the bot keeps about you, and press “{ $agree }”. That is all.
leaflet-come-help = It does not work? The teacher will send the link, or help.
leaflet-sees = The school sees
leaflet-sees-1 = your answers to the teacher and the letters that you sign
leaflet-sees-2 = that you pressed “{ $read }”
leaflet-sees-3 = which meetings you signed up for
leaflet-sees-not = The school does not see
leaflet-sees-not-1 = your phone number and your other chats
leaflet-sees-not-2 = what you answered in an anonymous survey
leaflet-sees-not-3 = who wrote a letter without a name
leaflet-others = Other parents see nothing of you and your child. The bot does not write the child's surname in messages.
leaflet-leave = If it gets too much
leaflet-leave-1 = When you are written to, and about what, is up to you: the button “{ $quiet }”.
leaflet-leave-2 = To leave for good and erase your data, write /privacy to the bot.
leaflet-leave-3 = Nobody has to use the bot. The school takes a call, a note and you in person just as well.
leaflet-ask = Whom to ask
leaflet-ask-who = The class teacher:
leaflet-ask-phone = Phone:
leaflet-code = This code opens the bot once you have come in
