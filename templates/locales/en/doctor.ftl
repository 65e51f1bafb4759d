# The command doctor: what Tellonce stands on.
doctor-settings = Settings, and where each came from
doctor-findings = What was found
doctor-by = { $value }  (by { $by })
doctor-by-default = { $value }  (not set)
doctor-secret = ••••
doctor-good = good
doctor-mind = mind
doctor-bad = BAD
doctor-well = { $mind ->
    [0] All is well.
    [one] Nothing is wrong; one thing should be looked at.
   *[other] Nothing is wrong; { $mind } things should be looked at.
}
doctor-ill = { $bad ->
    [one] One thing is wrong.
   *[other] { $bad } things are wrong.
}
doctor-why = { $why }
doctor-on-folder = Data folder
doctor-on-backup-folder = Backup folder
doctor-on-database = Database
doctor-on-replica = Replica
doctor-on-files = Files
doctor-on-key = Key
doctor-on-clock = Clock
doctor-on-record = Record
doctor-on-backup = Backup
doctor-on-mail = Mail
doctor-on-address = Address
doctor-on-proxy = Proxy
doctor-folder = { $path } can be written.
doctor-folder-room = { $path } can be written; { $room } are free.
doctor-folder-none = { $path } is not there yet; serve makes it.
doctor-folder-closed = { $path } cannot be used: { $why }
doctor-folder-full = { $path } has only { $room } left. Make room, or move it.
doctor-database = { $url } answers ({ $program }); its tables are up to date.
doctor-database-none = { $url } is not there yet; serve makes it.
doctor-database-steps = { $url } answers ({ $program }); the next start takes { $steps ->
    [one] one step
   *[other] { $steps } steps
} to bring its tables up to date. Make a backup before.
doctor-database-away = { $url } does not answer: { $why }
doctor-database-follows = { $url } follows another server and takes no writes. Name the server it follows with --database, and this one with --database-replica.
doctor-database-forgets = { $url } may forget what it acknowledged when its machine fails: switch fsync, full_page_writes and synchronous_commit on.
doctor-replica = { $url } answers ({ $program }).
doctor-replica-none = { $url } follows no server. Name one that does with --database-replica, or leave it away.
doctor-files = { $name } takes files and gives them back.
doctor-files-away = { $name } cannot be used: { $why }
doctor-key = secret.key lies in the data folder. Keep a copy elsewhere.
doctor-key-none = No secret.key yet; it is made when it is first needed.
doctor-key-other = The secrets in the database are kept under another key than the one in the data folder. Copy secret.key from a machine that serves it.
doctor-clock = It is { $at }.
doctor-clock-own = The data folder has a clock of its own, which shows { $at }: it is a sample, or was made by a test.
doctor-clock-differs = It is { $at } here; the database's clock differs by { $seconds } seconds. Have both set by NTP.
doctor-clock-behind = Something is on record from { $at }, which is yet to come. Set this machine's clock, by NTP.
doctor-record-none = Nobody is set up yet: start serve, and open the link that it prints.
doctor-backup = The last good backup is { $hours ->
    [0] less than an hour
    [one] an hour
   *[other] { $hours } hours
} old.
doctor-backup-old = The last good backup is { $hours } hours old. See House settings › Backups for why.
doctor-backup-none = There is no good backup. Start serve with --backup-dir, or run backup FILE.
doctor-backup-first = There is no backup yet; with --backup-dir, serve makes one.
doctor-mail = The mail server lets us in; mail comes from { $from }.
doctor-mail-none = No mail server is set up (--smtp): nothing is mailed.
doctor-mail-away = The mail server cannot be used: { $why }
doctor-address = { $url } leads here.
doctor-address-none = No address is set (--base-url). That will do as long as people open { $listen } on this machine; links in mail need it.
doctor-address-open = It listens on { $listen }, and no address is set (--base-url): whoever reaches that machine does so unencrypted. Put a proxy with https in front.
doctor-address-plain = { $url } is not encrypted. Put a proxy with https in front.
doctor-address-away = { $url } cannot be opened from here: { $why }. If serve runs, look at the proxy and at the name.
doctor-address-other = { $url } does not lead to Tellonce; there it says: { $said }
doctor-proxy = The proxy says where requests come from, and is believed.
doctor-proxy-ignored = A proxy says where requests come from, but is not believed, so that all of them seem to come from one place. Name it with --trust-proxy.
doctor-proxy-silent = The proxy does not say where requests come from: let it send X-Forwarded-For, and name it with --trust-proxy.
doctor-folder-open = Others on this machine can read { $path }. Run chmod 700 '{ $path }'.
doctor-database-moved = The record has moved to { $there }; name that with --database.
