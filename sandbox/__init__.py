"""A local Telegram: a Bot API server with a people side, in memory, for demonstration, training and tests.

Bot side: `/bot<token>/<method>` as Telegram's. People side: `/sandbox/...` (see `people/`); a chat
page at `/`. Where it and Telegram differ stands in docs/sandbox.md.
"""

USERNAME = "alekseevka_school_bot"
