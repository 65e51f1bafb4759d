# An incident's page.
from-to = { $from }–{ $to }
quoted = “{ $words }”
times = { $count }
recorded-at = recorded { $at }
all-day = time not known
struck = Struck out
gap = { $span } between

nav-incidents = Incidents
nav-providers = Companies
incident-parties = Others
incident-cause-stands = the cause still stands
incident-changes = { $count ->
    [one] one change on record
   *[other] { $count } changes on record
}
as-of = as of { $at }
record = Record of changes

action-record-call = Record a call
action-record-attempts = Record calls that did not get through
action-add-entry = Add an entry
action-add-short = Add entry
action-add-observation = Record what you see
action-print-meeting = PDF for the meeting
action-print-one-page = On one page
action-print-provider = PDF for the provider
action-edit = Edit incident
action-times = Edit times
thumb-label = What you need now

link-history = History
link-correct = Correct
link-standing = What became of it
link-strike = Strike out
link-add-statement = Add a statement
link-settle = Record the outcome
link-add = Add
link-closure = Close it
add-ask = Add an ask
add-ruled-out = Add what is ruled out
add-contradiction = Add a contradiction
add-notice = Add a notice
add-mail-file = From a mail file (.eml)

brief = Brief
brief-what = What
brief-what-missing = Nothing is written yet
brief-when = Since when
brief-when-missing = When it started is not entered yet
brief-goes-on = goes on
brief-so-far = so far
brief-affected = Whom it hurts
brief-cause = Cause
brief-cause-missing = Not known yet
brief-agreed = Agreed
brief-printed = Printed terms
brief-checked = Ruled out
brief-remedies = Cannot be done
brief-asks = We ask
agreement-before = comes before { $clause }
agreement-evidence = Evidence:

contradictions = Contradictions
contradiction-number = Contradiction { $number }
against-clause = Printed clause { $number }
against-agreement = Agreement

timeline = Timeline
timeline-count = { $count ->
    [one] one entry
   *[other] { $count } entries
}
timeline-count-filtered = { $shown } of { $count } entries
times-in-zone = times in { $zone }
timeline-heard = Words between quotation marks were taken down as heard (no recording).
timeline-empty = Nothing is on record yet.
timeline-empty-next = You can record a call before, during or after it. Where you do not know the time, write “about ten last night”.
timeline-nothing-found = No entry matches this.
filter-kind = Kind
filter-all-kinds = All kinds
filter-company = Company
filter-all-companies = All companies
filter-words = Search the timeline
filter-apply = Show
filter-clear = Show everything
jump-label = Go to a day
attempts-each = Each of them
mile-due = Promise due
private-note = Private note

cost = What it cost us
cost-none = Not reckoned yet.
cost-lost = { $people } people × { $percent } % of their work × { $rate } an hour × { $time } = { $amount }
cost-ours = our own { $time } = { $amount }
cost-and = { $lost }; { $own }
counted-calls = The calls that this figure counts.
counted-attempts = The failed attempts that this figure counts.
counted-waiting = The calls and attempts in which we waited.
counted-talking = The calls in which we talked.
counted-people = The calls in which people were reached.
counted-told = The calls in which it was told from the start.
counted-retold = The calls in which it was told from the start once more.
figures = Figures
figure-calls = Calls connected
figure-attempts = Failed attempts
figure-waiting = Time waiting
figure-talking = Time talking
figure-people = People reached
figure-told = Told from the start
figure-retold = of these, again
figure-others = Calls with other companies
figure-own = Calls among ourselves
waiting-failed = Never through
waiting-answer = Until answered
waiting-transfer = Being put through
waiting-hold = On hold
people-count = { $count }

promises = Promises
promises-none = No promise is on record yet.
promise-settled-at = in fact { $at }
asks = Asks
asks-none = Write down what the next call has to ask.
changes = Changes and notices
changes-none = Write down what the provider changes, and whether you were told.
notice-sent = sent { $at }
notice-received = received { $at }
notice-registered = to an address we registered
notice-not-registered = not to an address we registered
people-reached = People reached
person-calls = { $count ->
    [one] one call
   *[other] { $count } calls
}
person-told = { $count ->
    [one] told from the start
   *[other] told from the start { $count } times
}
files = Files
fingerprint = Fingerprint { $fingerprint }

# The list of incidents.
incidents-add-provider = Add a company
incidents-count = { $count ->
    [one] one incident
   *[other] { $count } incidents
}
incidents-place = Page { $page } of { $pages }
incidents-pages = Pages
incidents-search = Search title or number
incidents-status = Status
incidents-all-states = Any status
incidents-duration = Duration
incidents-promise = Next promise
incidents-overdue = { $count } overdue
incidents-unknown = not known
incidents-empty = There is no incident yet
incidents-empty-next = When something breaks or changes through a provider’s doing, open an incident here. Start with what you know; times can be entered as “about 8:30 this morning”.
incidents-nothing-found = No incident matches this.
page-before = Previous page
page-after = Next page

# What was typed and not sent (kept in this browser).
draft-restored = What you had typed before is back. It has not been sent yet.
draft-offered = What you had typed before is still kept in this browser.
draft-restore = Put it back
draft-discard = Discard it
incident-restricted-to = Restricted: only { $people } may know of it
down = Time down
down-from-to = { $from } → { $to }
down-now = now
