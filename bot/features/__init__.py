"""Rules and use cases: (session, actor, now, ...) -> values. Permission is checked here; nothing commits."""
