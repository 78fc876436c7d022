"""``python -m boilerbench``: the command line."""

from boilerbench.cli import main

if __name__ == "__main__":
    main()
