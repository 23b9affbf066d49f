"""The "nota di sintesi": two pages to hand out, as PDF and as a file for Word."""
