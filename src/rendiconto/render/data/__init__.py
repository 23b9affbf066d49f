"""The report as open data: a Data Package of cubes, tables and codelists."""
