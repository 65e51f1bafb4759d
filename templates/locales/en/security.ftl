# The second step of a login, sessions, and what happened to accounts.
step-title = Second step
step-lead = The password was right. Now the code of your app.
step-code = Code
step-code-hint = The six digits that your app shows now, or a recovery code.
step-help = App and recovery codes lost? An admin can make a link by which you begin anew.
step-wrong-code = This code is not good. Wait for the next one; each is taken once.
step-too-late = That took too long. Type the password once more.
step-throttled = Too many wrong codes. Try again in { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }.
step-off-lead = With a second step nobody gets in with your password alone: the login asks for a code that an app on your phone shows (Google Authenticator, Microsoft Authenticator, 1Password and others).
step-begin = Set it up
step-enrol-lead = It counts once you have typed a code.
step-enrol-picture = Point your app at this picture.
step-enrol-secret = Or type into it:
step-enrol-code = Type the code that it shows now.
step-confirm = Confirm
step-on = Your login has asked for a code since { $at }.
step-codes-left = { $count ->
        [0] No recovery code is left. Make new ones.
        [one] One recovery code is left.
       *[other] { $count } recovery codes are left.
    }
step-codes = Recovery codes
step-codes-lead = Each lets you in once without the app. New ones make those before worthless.
step-codes-once = Print or copy these now: they are shown this once. Each lets you in once without the app.
step-codes-kept = I have kept them
step-codes-renew = Make new ones
step-end = End the second step
step-end-lead = From then on your password alone is enough.
flash-step-off = Your login asks for no code any more.
sessions-title = Where you are logged in
sessions-lead = What you do not know, log out, and change your password.
session-own = This one
session-browser-unknown = Unknown browser
session-since = since { $at }
session-seen = last used { $at }
session-end = Log out there
sessions-end-others = Log out everywhere else
flash-sessions-ended = Logged out there.
security-title = What happened to accounts
security-lead = Logins, failures, and changes of your account, for 400 days.
security-lead-house = Logins, failures, and changes of all accounts, for 400 days.
security-none = Nothing yet. Logins, failures and changes will stand here.
security-at = When
security-who = Whose
security-what = What
security-from = From where
security-by = by { $who }
security-nobody = Nobody has this login
security-machine = At the machine
security-logged-in = Logged in
security-wrong-password = Wrong password
security-wrong-code = Wrong code
security-locked = Locked after too many failures
security-recovered = Logged in by a recovery code
security-sessions-ended = Logged out elsewhere
security-password-set = Password changed
security-link-made = Link to a new password made
security-link-used = New password by a link
security-factor-on = Second step begun
security-factor-off = Second step ended
security-codes-renewed = New recovery codes
security-suspended = Suspended
security-reinstated = Let in again
people-link = A link to a new password
people-link-lead = For whoever has forgotten it. The link is good once, for 24 hours; give it by hand or by phone. Nothing changes for them until they use it; then they are logged out everywhere.
people-link-once = Copy it now: it is shown this once.
people-link-address = The link
people-link-anew = Take their second step away as well
people-link-anew-hint = For whoever has lost both the app and the recovery codes.
people-link-button = Make a link
reset-title = Choose a new password
reset-lead = For the login { $login }.
reset-anew = Your second step ends with it; set it up anew after logging in.
account-security = Security
account-step-off = Off: whoever has your password gets in.
step-enrol-open = Open it in an app on this device
