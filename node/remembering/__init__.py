"""Days to remember, and being noticed after a quiet time: both only for whoever asks for it."""
