"""CallbackData, keyboards, and the wording of values: pure, gets plain values."""
