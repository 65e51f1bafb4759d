# When a typed time was not understood. { $piece } is the piece of the text in question.
moment-error-empty = Please give a time. Where it is not known exactly, “about ten last night” or “in July” will do.
moment-error-too-long = This is too long for a time.
moment-error-not-understood = “{ $piece }” was not understood as a time. Write it like “22:00”, “about ten last night”, “22 Nov 10:20”, “between 9 and 10” or “10 minutes ago”.
moment-error-bare-number = “{ $piece }” alone may be an hour, a day or a duration. Write it like “10:00”, “10 Nov” or “10 minutes ago”.
moment-error-two-readings = “{ $piece }” can be read in two ways. Give the date and the time on a 24-hour clock, like “22 Nov 0:30”.
moment-error-no-such-date = There is no such date as “{ $piece }”.
moment-error-no-such-time = There is no such time as “{ $piece }”.
moment-error-skipped = The clocks were put forward over { $piece }: it does not exist.
moment-error-wrong-weekday = In “{ $piece }”, the date does not fall on that weekday.
moment-error-ends-swapped = The end lies before the beginning.
