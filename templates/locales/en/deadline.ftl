# Deadlines.
deadlines = Deadlines
deadlines-near = Deadlines of the next 14 days
deadlines-all = All deadlines
deadlines-more = { $count ->
        [one] one more is near
       *[other] { $count } more are near
    }
deadlines-lead = Of open incidents: by when a credit must be claimed, a company must respond or restore, and what was promised.
deadlines-in-calendar = See them in your calendar
deadlines-by-mail = Be reminded by e-mail
deadlines-none = There is no deadline.
deadline-column-when = By when
deadline-column-what = What
deadline-column-side = Who
deadline-side-us = We
deadline-side-company = The company
deadline-what-claim = Claim the credit from { $company } ({ $about })
deadline-what-response = { $company } must respond ({ $about })
deadline-what-restoration = { $company } must restore ({ $about })
deadline-what-promise = { $company } promised: “{ $about }”
deadline-what-promise-ours = We promised: “{ $about }”
deadline-due = { $at }
deadline-or-later = { $first } (or, read another way, { $last })
deadline-passed = passed: { $at }
calendar-name = Tellonce deadlines
calendar-summary = { $what } { $incident }
calendar-description = by { $by }
    { $incident }
    { $company }
reminder-lead = Deadlines, as of { $at }
reminder-part = { $near } ({ $side })
reminder-overdue = Overdue
reminder-today = Due today
reminder-coming = Coming
reminder-ours = for us to do
reminder-theirs = for the company to do
reminder-claim-left = { $count ->
        [0] today is the last day to claim
        [one] one day left to claim
       *[other] { $count } days left to claim
    }
reminder-subject = { $count ->
        [0] { $first }
        [one] { $first } and one more
       *[other] { $first } and { $count } more
    }
reminder-subject-overdue = Overdue: { $what }
reminder-subject-today = Due today: { $what }
reminder-subject-coming = { $count ->
        [one] Tomorrow: { $what }
       *[other] In { $count } days: { $what }
    }
reminder-all = All deadlines:
reminder-why = You get this mail because you chose it. To change the time or stop it:
