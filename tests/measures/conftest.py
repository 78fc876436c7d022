"""What tests of measures share."""

from __future__ import annotations

from hypothesis import settings

# The first example of a measure loads its dictionary, and a busy machine is no fault.
settings.register_profile("boilerbench", deadline=None)
settings.load_profile("boilerbench")
