"""Weights as bytes that engine.js reads: halves, or numbers of 12 bits in steps of one size.

The high bits of all numbers stand together, then the low ones: the high ones are alike, so they are
deflated well. 12 bits are a whole number from -2047 to 2047 times the step of its array.
"""

import numpy as np

SMALL = 64  # numbers; below that a constant is no weight, and keeps its precision
LARGE = 2048  # numbers; from there on 12 bits are worth their rounding
SMALLEST_HALF, LARGEST_HALF = 6.1e-5, 65504.0
LAST = 2047  # the largest whole number of 12 bits with a sign


def packed(value, bits):
    """An array as bytes.

    Args:
        value: float32 array of any shape.
        bits: 16 or 12, of each number of a large array.

    Returns:
        dict of what engine.js must know (`type`, `length`, perhaps `step`), and bytes.
    """
    flat = np.ravel(value)
    type_ = type_of(flat, bits)
    told = {"type": type_, "length": flat.size}
    if type_ == "single":
        return told, flat.astype("<f4").tobytes()
    if type_ == "half":
        whole = flat.astype("<f2").view("<u2")
        return told, halves(whole & 255) + halves(whole >> 8)
    step = step_of(flat)
    whole = (np.rint(flat / step) + LAST + 1).astype("uint16")
    low = np.append(whole & 15, np.zeros(whole.size % 2, "uint16"))
    return told | {"step": step}, halves(whole >> 4) + halves(low[::2] | low[1::2] << 4)


def rounded(value, bits):
    """float32 array: the numbers that engine.js will read."""
    type_ = type_of(value, bits)
    if type_ == "single":
        return value
    if type_ == "half":
        return value.astype("float16").astype("float32")
    step = step_of(value)
    return (np.rint(value / step) * step).astype("float32")


def type_of(value, bits):
    """How an array is written; where halves can't hold it, singles."""
    sizes = np.abs(value[value != 0])
    if value.size < SMALL or (sizes.size and sizes.max() > LARGEST_HALF):
        return "single"
    if bits == 12 and value.size >= LARGE and sizes.size:
        return "steps"
    return "half" if not sizes.size or np.median(sizes) >= SMALLEST_HALF else "single"


def step_of(value):
    """The step of an array, so that its largest number is the last of 12 bits."""
    return float(np.abs(value).max()) / LAST


def halves(whole):
    """The bytes of numbers below 256."""
    return whole.astype("uint8").tobytes()
