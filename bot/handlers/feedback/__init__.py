"""Letters to the school: who writes, who answers, and what both do alike."""
