"""Is it true? The figures of a report, and every sentence of it."""
