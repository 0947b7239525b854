"""Nobody goes unanswered: who waits for an answer, and those who give one."""
