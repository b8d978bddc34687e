"""How much memory there is, asked before something large is made of a number that a user typed."""

import math
import os

LARGE = 2**28  # bytes below which nobody need ask


def total():
    """Bytes that this process may have; without end where the system does not say."""
    return min(_physical(), _address_space())


def check(num_bytes, what, cure):
    """Raises MemoryError if `what` takes more than half of the memory.

    Args:
        num_bytes: that it will take.
        what: the thing in words, in the plural, such as "1000 samples".
        cure: what the user can ask for instead.
    """
    if num_bytes > LARGE and num_bytes > total() / 2:
        raise MemoryError(
            f"{what} take {gigabytes(num_bytes)}, and there are {gigabytes(total())}. {cure}"
        )


def gigabytes(num_bytes):
    """A number of bytes for a person: "1.5 GB"."""
    return f"{num_bytes / 1e9:,.1f} GB"


def _physical():
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return math.inf


def _address_space():
    """The limit of `ulimit -v`."""
    try:
        import resource
    except ImportError:
        return math.inf
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return math.inf if soft == resource.RLIM_INFINITY else soft
