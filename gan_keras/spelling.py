"""Nearest names for errors. Imports nothing heavy, so that a misspelt command answers at once."""

import difflib


def nearest(name, known):
    """A clause ' Did you mean ...?' for a misspelt name, or nothing; then what is known."""
    close = difflib.get_close_matches(str(name), list(known), n=1)
    if not known:
        return " It has none."
    hint = f" Did you mean '{close[0]}'?" if close else ""
    return f"{hint} Known: {', '.join(sorted(known))}."
