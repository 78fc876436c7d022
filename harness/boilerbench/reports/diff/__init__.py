"""Gold and output compared word by word: lost, leaked, moved."""
