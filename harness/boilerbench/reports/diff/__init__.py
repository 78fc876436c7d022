"""What an output lost and leaked, word by word."""
