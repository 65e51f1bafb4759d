# Verdicts: how they were computed, and what is missing.
phrase-day = { $day }

term-length-minutes = { $n ->
    [one] one minute
   *[other] { $n } minutes
}
term-length-hours = { $n ->
    [one] one hour
   *[other] { $n } hours
}
term-length-days = { $n ->
    [one] one day
   *[other] { $n } days
}
term-length-weeks = { $n ->
    [one] one week
   *[other] { $n } weeks
}
term-length-months = { $n ->
    [one] one month
   *[other] { $n } months
}
term-length-business-days = { $n ->
    [one] one business day
   *[other] { $n } business days
}
term-length-day-of-next-month = day { $n } of the next month
term-ahead-clear = { $length }, whole days between
term-ahead-not-clear = { $length }, one of the two days counted
term-ahead-not-said = { $length } (how the days are counted is not said)
term-within-business = { $length } of business hours
term-limits-or = { $before }, or { $after }
term-reading-unmoved = { $limit } (a last day that is a holiday stays)
term-reading-over-sundays = { $limit } (moved over Sundays and holidays)
term-reading-over-saturdays = { $limit } (moved over Saturdays too)
term-reading-clear = { $limit } (whole days between)
term-reading-not-clear = { $limit } (one of the two days counted)

term-work-no-holidays = For { $day } there is no holiday data, so the days cannot be counted.
term-work-beyond = The count leaves the calendar.
term-work-no-notice = No notice is on record.
term-work-form = The form, held against those that the clause allows.
term-work-address = The address, held against those that we registered for that form.
term-work-arrived = Arrived { $arrived }.
term-work-sent = Sent { $sent }.
term-work-arrived-so-sent = Arrived { $arrived }, and was sent no later.
term-work-deemed = Deemed to have arrived by { $by }.
term-work-no-receipt = No arrival is on record; arrival is for the sender to show.
term-work-their-word = That rests on their word alone.
term-work-our-word = That rests on our word alone, which they dispute.
term-work-no-lead = The clause does not say how long before { $effective } it must come; only what surely came before that is enough.
term-work-looked = We looked, and nothing had come.
term-work-effective = The change works from { $effective }.
term-work-may-come = Until then one may still come.
term-work-lead = At least { $ahead } before { $effective }: by { $limits } at the latest.
term-work-lead-rough = At least { $ahead } before { $effective }: by { $limits } at the latest, or by { $latest }, as that time is not known more exactly.
term-work-not-said = The clause does not say which reading holds, and here it matters.
term-work-excepted = The clause excepts “{ $name }”, and that is shown.
term-work-exception-invoked = The clause excepts “{ $name }”; that was said, and is not shown.
term-work-within = Within { $within } of { $from }: by { $limits }.
term-work-within-rough = Within { $within } of { $from }: by { $limits } at the earliest, by { $latest } at the latest.
term-work-within-latest = Within { $within } of when they knew, which was at the latest { $from }: by { $latest } at the latest.
term-work-responded = They responded { $at }.
term-work-restored = It was restored { $at }.
term-work-open = It has not happened yet.
term-work-blocks = It lasted { $length }, counted in whole stretches of { $block }: { $min } to { $max }.
term-work-blocks-exactly = It lasted { $length }, counted in whole stretches of { $block }: { $min }.
term-work-blocks-at-least = It lasted { $length } or longer, counted in whole stretches of { $block }: at least { $min }.
term-work-not-total = It was not wholly unusable.
term-work-not-their-fault = It was not the provider’s fault.
term-work-no-fee = The monthly fee is not on record, so the amount is not known.
term-work-amount = { $fee } a month ÷ { $divisor }, for each: { $min }{ $more }.
term-work-amount-fixed = { $fixed } for each: { $min }{ $more }.
term-work-amount-to = { " " }to { $max }
term-work-amount-or-more = { " " }or more
term-work-claim = To be claimed within { $length }: by { $limits }.
term-work-claimed = It has been claimed.
term-work-lapsed = That day has passed.
term-work-downtime = Down for { $down } of { $total } in the month from { $month }.
term-work-month-runs = The month runs until { $until }.
term-work-plain = This clause cannot be computed; it can be quoted.
term-work-agreement-governs = What was agreed individually comes before the printed terms, and it is proved.
term-work-agreement-same = The agreement is not proved, and with it or without it the result is the same.
term-work-agreement-differs = With the agreement and without it the results differ, and it is not proved.

term-lack-arrival = proof that it arrived, and when
term-lack-dispatch = proof that it was sent, and when
term-lack-address-used = to which address it was sent
term-lack-effective = from when the change works
term-lack-looking = whether anything came: nobody has looked yet
term-lack-their-proof = proof of what they say
term-lack-our-proof = proof of what we say, or that they confirm it
term-lack-exception-proof = proof that the exception holds
term-lack-agreement-proof = proof of the agreement
term-lack-exact-time = a more exact time
term-lack-beginning = from when the time runs
term-lack-happening = whether it happened, and when
term-lack-whether-total = whether it was wholly unusable, or as good as
term-lack-whose-fault = whose fault it was
term-lack-way-to-read = how the clause is to be read here
term-lack-time = only time: it is not over yet
term-lack-holidays = which days are holidays
