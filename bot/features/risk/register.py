"""The risk register: who is on it and why, reviews, and its confirmation for a school year."""
