# Text fields.
text-error-empty = Please fill this in.
text-error-too-long = At most { $limit } characters fit here; there are { $given }.
phone-error-not-a-number = This was not understood as a telephone number. Give one number, like “03-5555-0100” or “+81 3 5555 0100”.
