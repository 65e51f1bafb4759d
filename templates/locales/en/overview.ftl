# The page of the morning.
overview = Today
overview-replies = Replies that nobody has looked at yet
overview-reply = Reply from { $name }, { $department }
overview-overdue = Overdue promises
overview-overdue-none = No promise is overdue.
overview-today = Due today
overview-today-none = No promise falls due today.
overview-asks = Asked and not answered
overview-asks-none = Nothing waits for an answer.
overview-silent = No news for a day
overview-silent-none = Every open incident has news of the last day.
overview-companies = By provider
overview-open = { $count ->
        [one] one incident open
       *[other] { $count } incidents open
    }
overview-overdue-count = { $count ->
        [one] one promise overdue
       *[other] { $count } promises overdue
    }
overview-due = by { $at }
overview-since = last record { $at }
overview-never = nothing recorded yet
overview-empty = There is no incident yet.
overview-empty-next = Open one before you pick up the phone, and write while you talk.
offline-made = { $at }
action-offline = Offline page
