"""What a person can put right."""


class InputError(Exception):
    """Wrong use or bad input: one line that says what is wrong, where, and what to do.

    The command line prints the message and exits with code 2; nothing else is shown.
    """
