# Backups.
backups-title = Backups
backups-last = The last good backup is { $age } old ({ $at }).
backups-never = No good backup has been made yet.
backups-into = Into the folder { $folder }
backups-every = { $count ->
        [one] Every hour
       *[other] Every { $count } hours
    }
backups-keep = Kept: the last one of { $days } days, { $weeks } weeks and { $months } months
backups-no-plan = Nothing is backed up on its own. Start the server with --backup-dir FOLDER, best on another disk, or run “tellonce backup FILE”.
backups-at = Begun
backups-outcome = What came of it
backups-facts = What is in it
backups-file = File
backups-restore = Whoever has a backup has the record: keep these files as carefully as the data folder. One is put back with “tellonce restore FILE --data NEW-FOLDER”.
backup-by-plan = by plan
backup-by-command = by command
backup-running = being made
backup-good = good: tried by restoring it
backup-gone = taken away on { $at }, newer ones stand for it
backup-changes = { $count ->
        [one] one change
       *[other] { $count } changes
    }
backup-files = { $count ->
        [one] one file
       *[other] { $count } files
    }
backup-with-key = with the key
backup-without-key = without the key
backup-trouble-disk = The folder could not be written, or has no room
backup-trouble-database = The database did not answer
backup-trouble-damaged = What was written could not be restored, and was thrown away
backup-trouble-record = The record itself is not as it was recorded: run “tellonce verify”
backup-trouble-interrupted = Broken off before its end
