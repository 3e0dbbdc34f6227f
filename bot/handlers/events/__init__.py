"""Events: /events for guests, /event for the admin, and marking who came."""
