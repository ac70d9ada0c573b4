"""Many files at once: worker processes with limits of time and memory."""
