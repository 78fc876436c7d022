"""Adding gold: pages into blocks, blocks into labels, labels into body text."""
