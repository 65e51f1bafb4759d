# Logging in, set-up, people, the settings of the house.

login-title = Log in
login-login = Login
login-password = Password
login-button = Log in
login-help = If you do not know your password, ask an admin to set a new one.
login-kept = Your session ended before this was sent. Nothing you typed is lost: log in, check it, and send it again.
login-wrong = The login or the password is wrong.
login-again = This page was open too long to be checked. Please send it once more.
# $minutes: how many to wait.
login-throttled = There were too many failures, so logging in is paused. Wait about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} and try again.

kept-title = What you typed is kept
kept-lead = It has not been saved yet, because you had to log in again. Check it and send it.
kept-send = Send this
kept-drop = Drop it without sending

setup-title = First set-up
setup-lead = Register the company and its first admin. This link works once.
setup-house = Company
setup-admin = First admin
setup-locale = Language
setup-button = Finish and begin

house-title = House settings
house-lead = The company's name is also printed on papers for meetings and providers.
house-company = Company name
house-company-hint = For example: Example Trading Co., Ltd.
house-locale = The company's language
house-locale-hint = Used for papers and notices that are for nobody in particular.

locale-ja = 日本語
locale-en = English

role-admin = Admin
role-member = Member
role-reader = Reader
role-says-admin = Admin: writes, and manages people and settings
role-says-member = Member: reads and writes the record
role-says-reader = Reader: reads and prints the record

person-name = Name
person-name-hint = As it stands in the record and on papers.
person-login = Login
person-login-hint = Small letters, digits, “.”, “-” and “_”, up to 64. For example: sato
person-role = Role
person-locale = Language of the screens
person-zone = Time zone
person-zone-hint = For example Asia/Tokyo. Times are shown in this zone.
person-password = Password
person-password-hint = At least 12 characters. Several words in a row are easy to remember.
person-me = you
person-disabled = suspended
person-record = Details

people-title = People
people-lead = Those who can log in. What suspended people have recorded stays.
people-none = There is nobody yet.
people-add = Add a person
people-add-button = Add
people-first-password = First password
people-first-password-hint = At least 12 characters. Tell it to them, and let them change it after logging in.
people-disable = Suspend
people-disable-lead = They are logged out at once and cannot log in. What they have recorded stays.
people-enable = Let them in again
people-enable-lead = They can log in again with the password they had.

problem-login-taken = This login is taken.
problem-login-shape = Use small letters, digits, “.”, “-” and “_” only, up to 64.
problem-password-short = Use at least 12 characters.
problem-password-long = Too long: 1,024 bytes at most.
problem-password-common = This password is among those that are tried first. Take several words that do not belong together.
problem-password-wrong = This is not your current password.
problem-zone = There is no such time zone. Write it like Asia/Tokyo.
problem-last-admin = This is the last admin. Make somebody else an admin first.
problem-self = You cannot suspend yourself. Ask another admin.

flash-person-added = Person added.
flash-person-disabled = Suspended.
flash-person-enabled = They can log in again.
flash-password-set = Password set.

account-title = Your account
account-screens = Screens
account-calendar = Calendar
account-calendar-lead = An address under which your own calendar reads the deadlines (credits to claim, responses, restorations, promises) of the incidents that you may see.
account-calendar-make = Make a calendar address
account-calendar-renew = Make another address
account-calendar-revoke = Take it back
account-calendar-since = The address made { $at } is good. If you make another, it is good no more.
account-calendar-once = This address is shown only now. Paste it into your calendar under “add by URL”. Whoever knows it can read it.
account-calendar-address = Calendar address
flash-calendar-revoked = The calendar address is good no more.
account-reminders = Mail to you
account-reminders-lead = One mail a day, on days on which a deadline is due or has passed within the last 30 days, and 14 and 3 days before the last day to claim a credit. It lists what is overdue, due today, or due within 7 days, of the incidents that you may see. On other days no mail comes.
account-reminders-no-server = No mail server is set up, so that no reminders go out.
account-reminders-neither = Tick what you want mail about.
account-reminders-on = You get reminders.
account-reminders-off = You get none until you choose it here.
account-reminders-address = To which e-mail address
account-reminders-at = Reminders of deadlines at
account-reminders-at-hint = In your time zone. If that time has passed today, today’s mail comes within minutes.
account-reminders-stop = Stop all this mail
account-deadlines = Remind me of deadlines
account-replies = Mail me when somebody replies on a shared page
account-replies-hint = At once, for each reply, of the incidents that you may see. The mail says who replied and what they did, and leads to it.
account-replies-on = You are told of replies.
account-replies-last = The last mail about a reply:
account-reminders-last = The last reminder:
problem-time = Write a time of day like 08:00.
flash-reminders-chosen = You will get the mail you chose.
flash-reminders-stopped = You get no more of this mail.
account-password = Change your password
account-password-lead = Everywhere else where you are logged in, you are logged out.
account-current = Current password
account-new = New password
account-password-button = Change password
house-more = For the whole company
house-security = Account events
house-says-security = Logins, failures, changes of passwords and second steps. Kept for 400 days.
house-tokens = Tokens for programs (API)
house-says-tokens = Everybody’s tokens: whose, what they may do, when they were last used.
house-webhooks = Webhooks
house-says-webhooks = Tell other systems what happens in the incidents.
house-backups = Backups
house-says-backups = When and where they were made. Each is tried by restoring it.
house-seals = Seals
house-says-seals = A fingerprint of the whole record, so that whoever alters it later is found out.
login-not-set-up = Nobody has set this up yet: open the link that the server has printed (as a service: journalctl --unit tellonce).
account-no-keys = In this browser, single keys (such as c or /, and those of the desk) do nothing
