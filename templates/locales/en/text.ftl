# Text fields.
text-error-empty = Please fill this in.
text-error-too-long = At most { $limit } characters fit here; there are { $given }.
