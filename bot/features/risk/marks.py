"""Marks, current and external, and what they propose."""
