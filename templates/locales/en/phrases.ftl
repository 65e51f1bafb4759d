# What is said about entries, promises and quotations: the same on pages, on paper, in mail and in speech.
phrase-typed = { $text }
phrase-then = { $before } → { $after }
phrase-beside = { $before } · { $after }
phrase-followed = { $before } { $after }
phrase-headline = { $lead }: { $rest }
phrase-at = { $at }
phrase-length = { $length }

# Calls. $length is how long it was.
phrase-call-out = Call { $length }
phrase-call-out-unmeasured = Call
phrase-call-in = Incoming call { $length }
phrase-call-in-unmeasured = Incoming call
phrase-attempt-no-answer = No answer
phrase-attempt-busy = Busy
phrase-attempt-voicemail = Voicemail
phrase-attempt-refused = Would not take the call
phrase-attempt-missed = Missed call
phrase-attempts = { $count } calls to { $company }
phrase-attempts-both-ways = { $count } attempts with { $company }
phrase-attempts-failed = never through
phrase-transfer = transferred in { $length }
phrase-hold = on hold { $length }
phrase-cut-off = cut off
phrase-told = told from the start { $length }
phrase-told-unmeasured = told from the start
phrase-told-times = told from the start { $count } times, { $length }
phrase-told-times-unmeasured = told from the start { $count } times
phrase-colleague = a colleague
phrase-somebody-at = somebody at { $company }, name unknown
phrase-we = we

# About the record itself.
phrase-recorded-late = recorded later ({ $at })
phrase-corrected = { $count ->
    [one] corrected once
   *[other] corrected { $count } times
}
phrase-struck = struck out: { $reason }

# Where a statement comes from.
phrase-verbatim = as heard (no recording)
phrase-in-our-words = in our words

# Promises and asks.
phrase-due = by { $due }
phrase-due-ours = taken as by { $due }
phrase-due-none = no time was given
phrase-promise-open = not known yet
phrase-promise-overdue = overdue
phrase-promise-overdue-by = overdue by { $late }
phrase-promise-broken = not kept in time
phrase-promise-broken-by = not kept in time, { $late } late
phrase-promise-kept = kept
phrase-promise-moved = put off to the next promise
phrase-promise-withdrawn = taken back
phrase-promise-not-in-time = after the time named
phrase-promise-unconfirmed = not confirmed yet
phrase-asked-not-yet = not asked yet
phrase-asked = { $count ->
    [one] asked once
   *[other] asked { $count } times
}
phrase-answered = answered
phrase-unanswered = no answer yet
phrase-asked-now-outward = asked here for the first time
phrase-asked-outward = { $count ->
    [one] asked once
   *[other] asked { $count } times
}
phrase-answered-outward = answered, thank you
phrase-unanswered-outward = awaiting your answer

# Replies through a share.
phrase-reply-takes-over = takes it over
phrase-reply-formal = as their company’s formal answer
phrase-reply-in-charge = as the person in charge
phrase-reply-confirmed = confirmed
phrase-reply-corrected = corrected
phrase-reply-answered = answered
phrase-reply-committed = committed
phrase-act-confirms = Confirms “{ $words }”
phrase-act-corrects = Corrects “{ $words }”
phrase-act-answers = Answers “{ $words }”
phrase-act-commits = Commits to a time
phrase-act-confirms-agreement = Confirms the agreement “{ $words }”
phrase-act-denies-agreement = Does not confirm the agreement “{ $words }”
phrase-asked-on-share = asked on the shared page
phrase-answered-open = answered, not yet taken over
