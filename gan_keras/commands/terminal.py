"""Output for terminals that know few signs: what they can't show is spelt in ASCII."""

import codecs
import sys

SPELT = {"±": "+/-", "–": "-", "—": "-", "×": "x", "→": "->", "…": "..."}
NAME = "gan_keras_spelt"


def spelt(error):
    """What stands for signs that an encoding lacks: an error handler of codecs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(SPELT.get(sign, "?") for sign in signs), error.end


def spell():
    """Has standard output and standard error spell what they can't show, instead of failing."""
    codecs.register_error(NAME, spelt)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=NAME)
