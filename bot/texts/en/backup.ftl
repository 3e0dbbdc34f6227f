# Copies of the database: what the bot tells the administration

backup-sent =
    🔐 Backup of { $night }

    The file is encrypted: nobody can read it without the passphrase from the bot's settings. Nothing to do: let it stay here in case the server breaks.

backup-large =
    🔐 The backup of { $night } is made, but too large for Telegram: { $megabytes } MB.

    It is on the server, in the folder for backups: <code>{ $name }</code>. Copy it somewhere else, to a memory stick for example.

backup-failed =
    ⚠️ <b>The backup of { $night } failed</b>

    Reason: { $reason }.

    Earlier backups are safe, the bot is working and will try again every hour. Pass this message on to whoever looks after the server.

backup-reason-busy = another program is using the database
backup-reason-damaged = the database is damaged, the last good backup is needed
backup-reason-denied = the folder for backups cannot be written to
backup-reason-foreign = the file does not look like the bot's database
backup-reason-full = there is no room left on the disk
backup-reason-other = see the bot's log
backup-reason-tools = the server lacks the programs that copy the database
