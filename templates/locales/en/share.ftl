# Share links.
shares = Share links
shares-lead = Give the provider’s next person the number and the code, in place of the story from the start.
shares-none = There is no share link yet. Make one, and it comes with a number and a code that can be spoken.
new-shares = Make a share link
new-shares-lead = Only entries marked “Also the provider” are shown. Number and code appear once it is made.
link-shares = Share links
edit-shares = Change what it shows
label-share-contact = For whom
label-share-locale = Language
hint-share-locale = Left open, the reader’s browser decides. They can always choose.
label-share-days-anew = Good for, from now on
hint-share-days-anew = Left open, it stays as it is.
label-share-reach = When we can be reached
hint-share-reach = Shown to them, for example: weekdays 9 to 18
label-share-holiday = Whom to call on a holiday
hint-share-holiday = Shown to them: person and telephone
label-files = The files
label-share-most-openings = How often it may be opened
hint-share-most-openings = A number; left open, there is no limit. Whoever has it open goes on reading.
share-openings-range = Please enter a number from 1 to 1000, or nothing.
share-company-stays = Number and code were given to this company. Please make another share for another.
label-share-entries = Single entries
label-share-left-out = Leave out of what they see
label-share-let-in = Let in, though it is for the meeting
share-preview = See it as they will
share-preview-line = This is what the reader of the link sees. Nothing is recorded by looking at it.
share-preview-back = Back to the share link
share-pause = Pause
share-resume = Open again
share-paused-note = Paused: nobody can read it, not even whoever has it open.
share-is-revoked = It was revoked meanwhile. Make a new share link.
share-at-most = { $count ->
        [one] opens once at the most
       *[other] opens { $count } times at the most
    }
share-shows-no-files = no files
share-shows-let-in = { $count ->
        [one] one entry that is for the meeting
       *[other] { $count } entries that are for the meeting
    }
share-shows-left-out = { $count ->
        [one] one entry left out
       *[other] { $count } entries left out
    }
share-shows-locale = in { $language }, unless the reader chooses
share-on-holidays = On holidays:
share-files = Files
share-news-since = New since you opened it on { $since }
share-news-count = { $n ->
        [one] One thing is new since { $since }
       *[other] { $n } things are new since { $since }
    }
share-news-none = Nothing new since { $since }
share-news-more = and { $n } more, on the timeline
share-news-added = new
share-news-changed = changed
share-news-withdrawn = taken back
share-since-then = What has changed since
share-nothing-since = Nothing has changed since in what they may see.
share-opening-by = Opened by
share-version-seen = Shown to them
share-version-now = As it stands now
share-version = change { $row } of the ledger, fingerprint { $fingerprint }
share-version-unknown = was not kept
share-who-is-meant = Somebody who knew the code gave this name. Nobody has checked who it was.
object-share = Share link
object-opening = Opening of a share link
history-by-reader = a reader of the share link
label-share-company = For which company
label-share-days = Good for
share-days = { $days ->
        [one] one day
       *[other] { $days } days
    }
label-call = Whom to call
hint-call = Shown on the page, and to whoever opens it after it has expired or was revoked: company, person, telephone
label-share-more = What is shown, and how often
label-their_names = Also the names of their people
label-our_names = Also the names of our people
label-share-others = Also what these other companies said
share-until = until { $at }
share-openings = { $count ->
        [0] not opened yet
        [one] opened once
       *[other] opened { $count } times
    }
share-last-opened = last { $at }
share-state-live = Good
share-state-revoked = Revoked
share-state-expired = Expired
share-state-paused = Paused
share-state-used_up = Opened as often as it may be
share-way-number = by its number
share-way-link = by the long link
share-number = Number
share-code = Code
share-again-spoken = If not understood:
share-say-address = The page to open
share-code-elsewhere = The code cannot be shown here: the key it was kept under is not in this data folder. Make a new share link.
share-is-locked = Ten wrong codes have locked it. Revoke it and make a new share link.
share-what-to-say = What to say on the telephone
share-sentence = Everything so far is written down in one place, so that nobody needs to be told again. Please open { $address } and enter number { $number } and code { $code }, with your name and department.
share-short-message = Text for a short message
share-message = { $company }: the record of { $incident } is at { $address }, number { $number }. We give you the code by telephone.
share-code-apart = Do not send the code in the same message: say it on the telephone.
share-link = Long link
share-link-note = For mail or chat. It asks for the code too.
share-shows = What else is shown
share-shows-their-names = the names of their people
share-shows-our-names = the names of our people
share-shows-other = what { $company } said
share-opened-log = Who opened it
share-never-opened = Nobody has opened it yet.
share-revoke = Revoke
share-code-title = Read the record
share-code-lead = Enter the number and the code that you were given on the telephone.
share-digits-hint = Eight digits
share-your-name = Your name
share-your-department = Your department
share-recorded = Your name, department, the time and the network you come from are recorded.
share-open = Open
share-answer = Answer
share-commit = Commit to a time
share-answer-this = answer
share-confirm = confirm or correct
share-agreed = What was agreed
share-more = { $n } more below
share-why = how we know, and why not
share-nothing-yet = Nothing else is on record yet.
share-languages = Language
share-foot = This is our record and no legal opinion. The name, department, time and network of whoever opens it are recorded.
share-again = The page had been open for too long. Please try again.
share-wrong = The number or the code is not right. Please ask for them again on the telephone.
share-not-eight = Please enter eight digits.
share-check-digit = One of the digits seems to be wrong. Please check them again.
share-gone-title = It cannot be opened now
share-gone-revoked = This share link was revoked.
share-gone-expired = This share link has expired.
share-gone-paused = This share link is closed for the time being.
share-gone-used_up = This share link was opened as often as it may be.
share-gone-locked = Too many wrong codes have locked it.
share-gone-call = For a new number and code, please call:
share-gone-call-giver = Please call whoever gave you the number.
fax-to = To: { $company }
fax-read = The whole record can be read at this address, by whoever takes the matter up, without being told again:
fax-code = The code is not on this sheet: we give it by telephone.
fax-call = Please call:
fax-qr = QR code of the share link
fax-cut = Shortened to fit one page; the whole is at the address above.
share-fax = Fax sheet (PDF)

# Mail.
mail-to = To
mail-subject = Subject
mail-body = Text
mail-send = Send
mail-no-server = No mail server is set up. Copy the text and send it as you usually do.
mail-log = What became of it
mail-waiting = Waiting to be sent
mail-sent = Sent { $at }
mail-next-try = Waiting, next try at { $at }
mail-given-up = Given up
mail-trouble-unreachable = the mail server cannot be reached
mail-trouble-silent = the mail server does not answer
mail-trouble-refused = the mail server does not take it
mail-trouble-restored = the record was restored from a backup; whether this mail went out is not known
mail-bad-address = This is no e-mail address.
mail-code-inside = The code must not stand in the same mail: say it on the telephone.
flash-mail-queued = It waits to be sent.
mail-share-title = Send the link by e-mail
mail-share-lead-page = The code is not in it: say it on the telephone.
mail-share-subject = { $incident }: the record so far ({ $ours })
mail-share-greeting = To whom it may concern at { $company },
mail-share-lead = this is { $ours }. Everything so far about { $incident } is written down on the following page, so that nobody needs to be told again.
mail-share-code = It asks for a code, which we give you by telephone (number { $number }).
mail-share-until = Good until: { $at }
mail-share-call = Please call:
mail-summary-title = Send a summary by e-mail
mail-summary-lead = It holds what the meeting sees; nothing that is for our own people alone.
label-share-note = To whom it is given (for us)
hint-share-note = Not shown to them

# Replying.
reply-title = Reply
reply-lead = One form, and as little of it as you like. What you leave blank says nothing. Everything you send is kept as yours; nothing that stands here is changed by it.
reply-from = You reply as
reply-recorded = Time and network are recorded.
reply-take-over = I am taking this over
reply-phone = Your direct number
reply-asks = What we ask you
reply-answer = Your answer
reply-agreements = What was agreed, as we have it
reply-agreed-yes = Yes, this was agreed.
reply-agreed-no = I cannot confirm this.
reply-agreed-neither = No answer yet
reply-agreed-which = Please choose yes or no as well.
reply-more-words = In your words
reply-statements = What your company told us, as we noted it
reply-statements-lead = Tick what is right. Where something is not, say what is: both will stand side by side.
reply-as-noted = As noted
reply-correct = Correct or add
reply-commit = Commit to a time
reply-commit-at = By when
reply-commit-at-hint = For example { $example }, 17:00 or tomorrow noon
reply-commit-what = What you will do
reply-commit-words = I will get back to you.
reply-commit-needs-time = Please say by when. If you cannot name a time, use the message.
reply-message = Message
reply-file = File
reply-file-hint = PDF, picture, text or Office document, at most 10 MB
reply-formal = This is my company’s formal answer
reply-formal-hint = Without the tick it stands as the answer of the person in charge.
reply-send = Send the reply
reply-back = Back to the record
reply-before = Replied already
reply-says-nothing = There is nothing in it yet. Fill in whatever you can say.
share-throttled = Too many codes were tried from your network. Wait about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} and try again.
reply-throttled = Too many replies have come from your network. Wait about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} and send it again, or call the number on the page.
reply-too-many = Too many replies have come this way. Please call the number on the page.
reply-share-gone = This share link was closed meanwhile. Please call the number you were given.
reply-file-too-large = The file is longer than 10 MB. What you typed is kept; please choose a smaller one.
reply-file-kind = This kind of file is not taken. What you typed is kept; please choose a PDF, a picture, a text or an Office document.
reply-receipt = Receipt of your reply
reply-receipt-lead = Your reply stands in the record of { $company } exactly as below. Print or save this page if you want to keep it.
reply-receipt-about = About
reply-receipt-at = Received
reply-receipt-from = From
reply-receipt-row = In the record
reply-receipt-row-value = change { $row } of the ledger, fingerprint { $fingerprint }
reply-receipt-files = Files, with their SHA-256
reply-lost = Your time to read is over
reply-lost-lead = Nothing was sent. What you wrote is below: copy it, open the page again with number and code, and put it in once more.
reply-lost-open = Open the page again
reply-is-theirs = They left this themselves: it cannot be changed, only struck out with a reason.
reply-words-are-theirs = These are their own words and stay as they are.
reply-is-none = This is no reply.
reply-does-not-confirm = This reply does not confirm that.

# Replies, as our own people meet them.
reply-accept = Accept
reply-note = Taken note
reply-fresh = nobody has looked at it yet
reply-noted-at = taken note of { $at }
file-held = from outside, not looked at yet
file-release = I have looked at it
live-show = Show

# The mail about a reply.
reply-mail-subject = Reply from { $company }: { $incident }
reply-mail-lead = Somebody of { $company } replied on the shared page.
reply-mail-who = By their own word: “{ $name }”, “{ $department }”
reply-mail-takes-over = takes the matter over
reply-mail-phone = direct number: { $phone }
reply-mail-agrees = { $count ->
        [one] confirms the agreement
       *[other] confirms { $count } agreements
    }
reply-mail-agrees-not = { $count ->
        [one] cannot confirm the agreement
       *[other] cannot confirm { $count } agreements
    }
reply-mail-corrects = { $count ->
        [one] corrects one statement
       *[other] corrects { $count } statements
    }
reply-mail-confirms = { $count ->
        [one] confirms one statement as noted
       *[other] confirms { $count } statements as noted
    }
reply-mail-answers = { $count ->
        [one] answers one question
       *[other] answers { $count } questions
    }
reply-mail-commits = commits to a time: { $due }
reply-mail-message = leaves a message
reply-mail-files = { $count ->
        [one] sends a file
       *[other] sends { $count } files
    }
reply-mail-formal = as their company’s formal answer
reply-mail-why = You get this mail because you chose it. To stop it:
reply-commit-what-hint = Left empty, it is recorded as “{ $words }”
share-look-again = Please check the fields that are marked.
reply-look-again = Nothing is sent yet: please check the fields that are marked.
mail-share-over = This share can no longer be opened, so its link was not sent. What you wrote still stands here.
