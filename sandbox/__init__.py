"""A local Telegram: a Bot API server with a people side, in memory, for demonstration, training and tests.

Bot side: `/bot<token>/<method>` as Telegram's. People side: `/sandbox/...` (see `people.py`); a chat
page at `/`. Where it and Telegram differ on purpose: a parameter that the schema does not know is refused by
name; a webhook may be plain http; there are private chats only; Markdown needs tdjson, HTML does not.
"""

USERNAME = "alekseevka_school_bot"
