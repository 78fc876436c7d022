"""One small file per tool, and the adapters of a person's own callables and filters."""
