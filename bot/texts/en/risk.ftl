# The register, learning routes, agreement

error-risk-nameless = What is noted about support needs a name under it. Please say yours first: press /start.
error-risk-registered = { $name } is on the support list already.
error-risk-nobody = There is no such pupil. Check the surname: it is needed in full, the first name may follow.
error-risk-no-reason = Mark at least one sign, or say in your own words why support is needed.
error-route-sent = This version of the route has been sent. To change it, open the route and press “Change”.
error-route-discarded = This draft was put aside. Open the route anew: /risk.
error-route-measures = No more than { $lines } lines, each no longer than { $length } characters. Please shorten it.
error-route-dates = Check the dates: the end must be after the beginning, not before today and not over a year away.
error-route-ended = This route has ended already.
error-route-unfinished = The route is not finished: it needs a goal and at least one measure.
error-route-paper-day = This day does not fit: a paper is signed after the route was written, and not later than today.
error-route-guardian-gone = This guardian does not use the bot. Please call.
error-route-week = This week cannot be marked: the route was not running then.
error-route-finished = The result of this route is recorded already.
route-old-version = This is an earlier version of the route. Below is the present one.
