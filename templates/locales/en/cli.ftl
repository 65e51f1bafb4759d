# What the commands print.

cli-setup-link = Open this link to register the first admin (good for 24 hours, works once): { $link }
cli-company-unnamed = (company not named yet)
cli-user-added = Added { $login }.
cli-user-password-set = Set the password of { $login }; their sessions have ended.
cli-user-disabled = Suspended { $login }.
cli-user-unknown = Nobody has the login { $login }. Look at tellonce user list.
cli-made-up-password = Password: { $password }
cli-incident-unknown = There is no incident { $number }.
cli-against-unreadable = { $file } is neither a seal nor a print. Give the file that verify --seal wrote, a report as PDF, or an incident exported as JSON or zip.
cli-seal-exists = { $file } is there already, and is not overwritten. Name another file for the seal.
cli-sealed = Sealed in { $file }. Keep it where nobody who could change the record can; verify --against compares with it.
cli-stamped = An authority stamped this seal at { $at }. Whether the stamp is the authority’s own is checked with “openssl ts -verify”: see the rules beside the ledger.
cli-stamp-differs = The time stamp in this file is not over this seal: { $why }
cli-table-is-for-csv = --table goes with --format csv.
cli-csv-holds-one-table = A CSV file holds one table: choose one, such as --table entries, or name a .zip for all of them.
cli-progress = { $done } of { $whole } rows ({ $table })
cli-verify-progress = { $done } of { $whole } checked
cli-backed-up = Backed up to { $file } ({ $size }): { $changes ->
        [one] one change
       *[other] { $changes } changes
    } of the ledger, { $files ->
        [one] one file
       *[other] { $files } files
    }. It was tried by restoring it, and is whole.
cli-backup-with-key = The key is in it: whoever has this file can read everything. Keep it as you keep the data folder.
cli-backup-without-key = The key is NOT in it. Keep { $key } elsewhere, too: without it the codes of shared links cannot be shown again, and second steps and webhooks must be set up anew.
cli-backup-no-key-yet = There is no key yet, so none is in it: nothing has been recorded that needs one.
cli-backup-exists = { $file } is there already, and is not overwritten. Name another file for the backup.
cli-backup-failed = { $thing } could not be written, and nothing is left of it: { $why }
cli-backup-damaged = { $thing } could not be restored when it was tried, and was thrown away. Try again; if it happens again, look at the disk. { $why }
cli-backup-of-altered = { $thing } was written. But the record itself is not as it was recorded, and neither is the backup: { $why }
cli-restore-folder = { $folder } is not empty. A backup is restored into a folder of its own: name one with --data.
cli-restore-key = The key cannot be used: give secret.key of the data folder from which the backup was made.
cli-restore-damaged = { $thing } is no backup, or is damaged. Nothing is in use from it; take another one. { $why }
cli-restore-failed = { $thing } could not be restored. Mend the cause and run the command again: it goes on where it ended. { $why }
cli-restore-differs = { $thing } was restored, but what arrived is not as it was recorded, so it is not put to use: { $why }
cli-restored = Restored into { $folder } and { $database } as it was on { $made }: { $changes ->
        [one] one change
       *[other] { $changes } changes
    } in { $chains ->
        [one] one chain
       *[other] { $chains } chains
    }, { $files ->
        [one] one file
       *[other] { $files } files
    }. All of it was checked. Everybody logs in anew.
cli-restored-mail = { $count ->
        [one] One mail
       *[other] { $count } mails
    } waited to be sent when the backup was made. Whether they went out is not known, so they are held back: look at the mails of their incidents, and send them again where they did not.
cli-other-key = The secrets in this database are kept under another key than the one in { $folder }. Copy secret.key from a machine that serves it. If that key is lost for good, run serve --new-key once: what was kept under it (codes of shared links, second steps) can then not be read any more.
cli-restored-without-key = The key was not in the backup. Put secret.key into the data folder if you have it; without it the codes of shared links cannot be shown again, and second steps and webhooks must be set up anew.
cli-transfer-occupied = There is a record in that database already, and it is not overwritten. Name an empty one.
cli-transfer-filling = That database is being filled from { $other }, or that was broken off. Run that to its end, or name an empty one.
cli-transfer-ahead = That database holds what is not in the record that is to go there, and it is not overwritten. Name an empty one.
cli-transfer-newer = It was made by a later version of Tellonce. Use that one.
cli-move-nowhere = The record is there already. Name another database with --to.
cli-move-failed = The record could not be moved to { $thing }, and is where it was. Mend the cause and run the command again: it goes on where it ended. { $why }
cli-move-differs = What arrived in { $thing } is not as it was recorded, so the record stays where it was: { $why }
cli-moved = Moved to { $to }: { $rows ->
        [one] one row
       *[other] { $rows } rows
    } ({ $written } written now), { $changes ->
        [one] one change
       *[other] { $changes } changes
    } in { $chains ->
        [one] one chain
       *[other] { $chains } chains
    }. All of it was checked, row by row.
cli-moved-already = The record has moved to { $to } already, and all of it is there.
cli-moved-next = From now on start Tellonce with --database '{ $to }' and the same data folder, which holds the files and the key. Nothing can be written in the old database any more.
cli-cannot-listen = Nobody can listen on { $at }: { $why }. Name another address with { $flag }.
cli-cannot-read = { $thing } cannot be read: { $why }
cli-cannot-write = { $thing } cannot be written: { $why }
cli-folder-unusable = The data folder { $thing } cannot be made: { $why }. Name another one with --data.
cli-folder-unfinished = The data folder { $folder } is not whole: a restore into it was broken off. Run restore again to its end.
cli-no-record = There is no record of Tellonce in { $place }. Check --data (or TELLONCE_DATA) and --database. Nothing was made.
cli-database-away = The database cannot be used: { $why }. Check --database, and the rights of the user who runs this.
cli-record-moved = The record has moved to { $there }; name that with --database.
cli-backup-folder = The folder for backups, { $folder }, is not there. Check that its disk is mounted, or make it: it is never made by itself.
cli-seal-mail-needs-smtp = --seal-mail needs --smtp: without a mail server no seal is sent.
cli-restored-next = Start it with serve --data '{ $folder }'.
cli-move-whither = Write --to as sqlite:FILE or postgres://…
cli-against-view-only = What was compared is the view.json inside. That neither the page nor the other files were altered is not shown by this; a final is compared with the PDF that was kept, by its SHA-256.
cli-demo-taken = There is a record in { $place } already, or the beginning of one; the demo would turn its clock back to 2006. Nothing was changed. Name an empty place with --data (and --database), or take TELLONCE_DATA away.
