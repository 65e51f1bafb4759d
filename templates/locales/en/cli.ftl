# What the commands print.

cli-setup-link = Open this link to register the first admin (good for 24 hours, works once): { $link }
cli-company-unnamed = (company not named yet)
cli-user-added = Added { $login }.
cli-user-password-set = Set the password of { $login }; their sessions have ended.
cli-user-disabled = Suspended { $login }.
cli-user-unknown = Nobody has the login { $login }. Look at tellonce user list.
cli-made-up-password = Password: { $password }
cli-incident-unknown = There is no incident { $number }.
cli-against-unreadable = { $file } is neither a seal nor a print. Give the file that verify --seal wrote, a report as PDF, or an incident exported as JSON.
cli-seal-exists = { $file } is there already, and is not overwritten. Name another file for the seal.
cli-sealed = Sealed in { $file }. Keep it where nobody who could change the record can; verify --against compares with it.
cli-table-is-for-csv = --table goes with --format csv.
cli-csv-holds-one-table = A CSV file holds one table: choose one, such as --table entries, or name a .zip for all of them.
