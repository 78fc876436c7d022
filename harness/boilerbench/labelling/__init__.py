"""Adding gold: a page becomes blocks, blocks get labels, labels make body text."""
