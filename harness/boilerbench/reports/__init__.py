"""From statements to something a person reads."""
