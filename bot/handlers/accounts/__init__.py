"""People: coming in, the menu, invitations, the staff, privacy."""
