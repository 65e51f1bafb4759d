# Share links.
shares = Share links
shares-lead = Give the provider’s next person the number and the code, in place of the story from the start.
shares-none = There is no share link yet. Make one, and it comes with a number and a code that can be spoken.
new-shares = Make a share link
new-shares-lead = Only what is shown to the provider too is shown. Number and code appear once it is made.
link-shares = Share links
object-share = Share link
object-opening = Opening of a share link
history-by-reader = a reader of the share link
label-share-company = For which company
label-share-days = Good for
share-days = { $days ->
        [one] one day
       *[other] { $days } days
    }
label-call = Whom to call when it is good no more
hint-call = Shown to whoever opens it after it has expired or was revoked: company, person, telephone
label-share-more = What is shown
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
share-languages = Language
share-foot = This is our record and no legal opinion. The name, department, time and network of whoever opens it are recorded.
share-again = The page had been open for too long. Please try again.
share-wrong = The number or the code is not right. Please ask for them again on the telephone.
share-not-eight = Please enter eight digits.
share-check-digit = One of the digits seems to be wrong. Please check them again.
share-gone-title = It cannot be opened now
share-gone-revoked = This share link was revoked.
share-gone-expired = This share link has expired.
share-gone-locked = Too many wrong codes have locked it.
share-gone-call = For a new number and code, please call:
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
mail-bad-address = This is no mail address.
mail-code-inside = The code must not stand in the same mail: say it on the telephone.
flash-mail-queued = It waits to be sent.
mail-share-title = Send the link by mail
mail-share-lead-page = The code is not in it: say it on the telephone.
mail-share-subject = { $incident }: the record so far ({ $ours })
mail-share-greeting = To whom it may concern at { $company }
mail-share-lead = this is { $ours }. Everything so far about { $incident } is written down on the following page, so that nobody needs to be told again.
mail-share-code = It asks for a code, which we give you by telephone (number { $number }).
mail-share-until = It can be read { $at }.
mail-share-call = Please call:
mail-summary-title = Send a summary by mail
mail-summary-lead = It holds what the meeting sees; nothing that is for our own people alone.
