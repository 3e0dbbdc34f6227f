"""The school's programme as data and pure rules. Imports nothing of ours; no I/O but reading the file."""
