"""Numbers of the command line, refused in the words of a user instead of a programmer's."""

import math

import click

from gan_keras.seed_range import LARGEST_SEED

LARGEST = 10**12  # of anything that is counted; what is larger is a slip


class Whole(click.ParamType):
    """A whole number in [low, high].

    Args:
        low, high: both are allowed.
    """

    name = "integer"

    def __init__(self, low, high=LARGEST):
        self.low, self.high = low, high

    def convert(self, value, param, ctx):
        """The number of a text."""
        try:
            number = int(value)
        except (ValueError, OverflowError):
            number = None
        if number is None or not self.low <= number <= self.high:
            self.fail(f"Take a whole number, {self.range()}. Received: '{value}'.", param, ctx)
        return number

    def range(self):
        """The bounds in words."""
        return f"{self.low} to {self.high:,}"


class Finite(click.ParamType):
    """A number that is neither infinite nor NaN."""

    name = "float"

    def convert(self, value, param, ctx):
        """The number of a text."""
        try:
            number = float(value)
        except (ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            self.fail(f"Take a number, such as 2 or 0.5. Received: '{value}'.", param, ctx)
        return number


COUNT = Whole(1)
SEED = Whole(0, LARGEST_SEED)
SCALE = Whole(1, 64)
FINITE = Finite()
