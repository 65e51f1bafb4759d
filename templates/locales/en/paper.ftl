### The report on paper

paper-name = Incident report
paper-name-outward = Course of events and points to confirm
paper-one-page = {" (one page)"}
paper-decide = What we want decided
paper-one-page-cut = What has no room on this page stands in the report.
paper-qr = Leads to the record as it stands today
paper-provider = provider: { $company }
paper-as-of = as of { $time }
paper-separator = {" · "}
paper-label = { $label }{": "}

## Head and foot
paper-fingerprint = Record { $fingerprint } ({ $changes ->
    [one] 1 change
   *[other] { $changes } changes
})
paper-no-opinion = our record, no legal opinion
paper-attachment = What this paper was made from, as data: tellonce verify --against compares it with the record
paper-printed = printed { $time }

## Times
paper-ends = {" "}({ $ends })

## The brief
paper-brief-what = What
paper-brief-affected = Affected
paper-brief-times = When
paper-brief-down = Down for
paper-brief-cause = Cause
paper-brief-parties = Also involved
paper-by = {", "}by { $company }
paper-down-still = {" "}and still down
paper-down-mitigated-by = {", "}until { $company } found a workaround. The cause stands.
paper-down-mitigated = {", "}until a workaround. The cause stands.
paper-down-mitigated-outward = {", "}until our workaround. Repair unconfirmed.
paper-down-restored-by = {", "}until { $company } restored it.
paper-down-restored = {", "}until it was restored.
paper-party = { $company } ({ $role })

## Figures
paper-figures = Figures
paper-figures-note = Calls, waiting and tellings are those with { $company }; promises and contradictions those of everybody.
paper-figure-calls = connected
paper-figure-calls-unit = { $n ->
    [one] 1 call
   *[other] { $n } calls
}
paper-figure-calls-detail = others { $others }, own people { $own }
paper-figure-attempts = not connected
paper-figure-attempts-unit = { $n ->
    [one] 1 attempt
   *[other] { $n } attempts
}
paper-figure-waiting = waiting
paper-figure-talking = talking
paper-figure-people = reached
paper-figure-people-unit = { $n ->
    [one] 1 person
   *[other] { $n } people
}
paper-figure-told = told from the start
paper-figure-told-unit = { $n ->
    [one] 1 time
   *[other] { $n } times
}
paper-figure-told-in-all = { $time } in all
paper-figure-told-again = of these { $n } again, { $time }
paper-figure-promises = given to us
paper-figure-promises-unit = { $n ->
    [one] 1 promise
   *[other] { $n } promises
}
paper-figure-promises-overdue = { $n } overdue
paper-figure-promises-broken = { $n } broken
paper-figure-promises-open = { $n } open
paper-figure-promises-kept = { $n } kept
paper-figure-promises-moved = { $n } moved
paper-figure-promises-withdrawn = { $n } withdrawn
paper-figure-contradictions = that do not fit together
paper-figure-contradictions-unit = { $n ->
    [one] 1 point
   *[other] { $n } points
}
paper-waiting-attempts = not connected { $time }
paper-waiting-before-answer = before answer { $time }
paper-waiting-transfer = transfer { $time }
paper-waiting-hold = hold { $time }

## Promises
paper-promises = Promises
paper-promises-outward = What we were promised
paper-promises-words = Promise
paper-promises-given = Who, when
paper-promises-due = Due
paper-promises-state = Outcome
paper-due-ours = the time is ours
paper-settled = {", "}settled
paper-settled-outward = {", "}settled
paper-settled-late = {", "}it came
paper-settled-late-outward = {", "}received

## Contradictions
paper-heard = What you told us
paper-contradictions = What does not fit together
paper-contradictions-outward = Points we ask you to confirm
paper-contradictions-note = Words in quotation marks are as heard, without a recording.
paper-clause = Clause { $number }
paper-agreement = Agreement
paper-verbatim = “{ $words }”
paper-gist = { $words } (in our words)

## Asks
paper-asks = What we ask
paper-asks-outward = What we ask you to answer
paper-asked-of = to { $company }
paper-answer-blank = Answer

## Agreements and clauses
paper-agreements = Agreements and clauses
paper-agreement-how = How
paper-agreement-with = With
paper-agreement-standing = Standing
paper-agreement-evidence = Evidence
paper-agreement-before = Comes before
paper-agreement-contract = Contract

## Changes and notices
paper-changes = Changes and notices
paper-from-before = from{" "}
paper-from-after = {""}
paper-not-known = not known
paper-notice-sent = Sent
paper-notice-received = Received
paper-notice-registered = an address we registered
paper-notice-unregistered = not an address we registered

## Ruled out
paper-ruled-out = Ruled out
paper-ruled-out-kind = Kind
paper-ruled-out-what = What
paper-ruled-out-why = How we know, or why not

## People
paper-files = Files
paper-files-name = Name
paper-files-size = Length
paper-files-sha256 = SHA-256
paper-people = People reached
paper-people-who = Who
paper-people-calls = Calls
paper-people-told = Told from the start
paper-times = { $n ->
    [0] –
   *[other] { $n }
}

## Timeline
paper-timeline = Timeline
paper-timeline-note = Words in quotation marks are as heard, without a recording. A dotted line marks a time only roughly known.
paper-act-at = { $does } ({ $at })
paper-corrected = corrected in the reply of { $at }
paper-confirmed = confirmed in the reply of { $at }
paper-see-promise = promise { $n }
paper-see-contradiction = does not fit: { $n }
paper-see-contradiction-outward = to confirm: { $n }
paper-sentence-space = {" "}
paper-recorded-by-one = All of it recorded by { $name }.
paper-told-again = told from the start { $n ->
    [2] twice
   *[other] { $n } times
} by now
paper-dialled = dialled
paper-rang = rang
paper-answered = answered
paper-ended = ended
paper-recorded-by = recorded by { $name }
paper-file = File { $name } (SHA-256 { $sha256 }…)

## Characters that cannot be printed
paper-substitutions = Characters that could not be printed
paper-substitutions-note = A character that the typeface lacks is shown as 〓; an invisible control character is left out. The record holds the original.
paper-substitutions-code = Code point
paper-substitutions-shown = Shown as
paper-substitutions-count = Times
paper-substitutions-nothing = (left out)

## To the provider, calmly
paper-standing-established-outward = confirmed by both
paper-standing-theirs-outward = as you told us
paper-standing-ours-outward = by our record
paper-outcome-refused-outward = not connected
paper-audience-provider-outward = for you
