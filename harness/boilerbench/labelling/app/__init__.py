"""The labelling app: a server on this machine alone, and the pages that it serves."""
