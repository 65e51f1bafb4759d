# Texts that stand on every page.

skip-to-content = Skip to the content
nav-label = Main pages
nav-people = People
nav-house = House settings
logout = Log out
# $time is what the clock of these data shows.
demo-line = A sample story, whose clock shows { $time }.
demo-label = Sample data
save = Save

field-optional = optional
problem-two-companies = One company is answerable: choose it above, or give its name here, not both.
problem-choice = Please choose one of those offered.
problem-stale = Somebody else changed this while you had it open. Below is what you typed: check it and save again.
problem-busy = Too much was going on, so this was not saved. What you typed is still here: please send it again.
problem-away = The database does not answer just now, so this may not have been saved. What you typed is still here: send it again, and it will be recorded once.
problem-moved = The record has moved to another database, so this was not saved. What you typed is still here: keep it, and ask your admin to start Tellonce with the new one.
problem-key-reused = This form was sent before with something else in it, and that was saved. To save this as well, send it again.
problem-fault = Something went wrong on our side and this was not saved. What you typed is still here: please send it again.

flash-saved = Saved.
flash-welcome = Everything is ready. Welcome.
flash-logged-out = You are logged out.

message-home = To the first page
message-reference = Number to mention when you ask: { $reference }

message-not-found-title = Page not found
message-not-found-what = There is no page at this address, or it is not open to you.
message-not-found-do = Nothing in the record has changed. Check the address, or start again from the first page.

message-forbidden-title = You cannot do this
message-forbidden-what = Your role does not allow this.
message-forbidden-do = Nothing in the record has changed. If you need it, ask an admin to change your role.

message-cross-site-title = Nothing is taken from other sites
message-cross-site-what = We could not make sure that this was sent from a page of Tellonce. Nothing was saved.
message-cross-site-do = Open the page in Tellonce again and send it from there.

message-too-large-title = Too large to be taken
message-too-large-what = What was sent is over the limit (4 MB of text, 25 MB a file). Nothing was saved.
message-too-large-do = Go back: what you typed is still there. Make it shorter, or send it in parts.

message-too-slow-title = The sending stopped halfway
message-too-slow-what = The end of it never arrived. Nothing was saved.
message-too-slow-do = Go back: what you typed is still there. Check the connection and send it again.

message-unreadable-title = What was sent cannot be read
message-unreadable-what = It did not arrive in the shape of a form. Nothing was saved.
message-unreadable-do = Go back, load the page again, and send it once more.

message-stale-title = Somebody else was first
message-stale-what = It was changed while you had it open, so nothing was saved.
message-stale-do = Go back, load the page again, look at what is new, and then do it again.

message-key-reused-title = This form was sent already
message-key-reused-what = The same form was already taken with something else in it. What came now was not saved.
message-key-reused-do = Look at the result of the first sending; if you need to, fill in a new form.

message-busy-title = Too much is going on
message-busy-what = Other work is under way, so this could not be taken now. Nothing was saved.
message-busy-do = Wait a little and do it again. What you typed is still on the page before.

message-away-title = The database does not answer
message-away-what = Tellonce is running, but cannot reach its database just now. What is on record is not touched by that.
message-away-do = Wait a little and do it again. If it lasts, tell your admin. What you typed is still on the page before.
message-moved-title = The record has moved
message-moved-what = It was moved to another database. Nothing can be written here any more, and nothing of this was saved.
message-moved-do = Ask your admin to start Tellonce with the new database. What you typed is still on the page before.

message-fault-title = Something went wrong on our side
message-fault-what = This could not be finished, and nothing of it was saved. Everything recorded before is safe.
message-fault-do = Please try again. If it happens again, tell an admin the number below.

message-reset-gone-title = This link cannot be used
message-reset-gone-what = It has expired, or was used already, or a newer one was made.
message-reset-gone-do = If you have chosen a password, log in with it. If not, ask your admin for a new link.
message-setup-gone-title = This set-up link cannot be used
message-setup-gone-what = It has expired, or the set-up is done already.
message-setup-gone-do = If the set-up is done, log in. If not, start tellonce serve again: it prints a new link.
form-look-again = Nothing is saved yet: look at the fields that are marked.
flash-first-incident = There is no incident to record a call in yet. Begin with one; its company can be named right here.
