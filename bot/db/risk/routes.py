"""Learning routes: versions, agreement to each, the thread about them, weekly progress."""
