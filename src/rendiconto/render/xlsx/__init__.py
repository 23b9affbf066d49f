"""The report as a spreadsheet: a cover, a contents sheet and one sheet for each table."""
