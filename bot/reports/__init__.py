"""Values to pictures and files."""
