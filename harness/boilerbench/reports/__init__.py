"""Reports: runs and statistics as text, tables and pages that a person reads."""
