"""Tables and queries. A function here takes a session and never commits."""
