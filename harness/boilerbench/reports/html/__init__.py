"""A report as a folder of files that opens from disk and loads nothing from anywhere."""
