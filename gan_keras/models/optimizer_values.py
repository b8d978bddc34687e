"""Numbers of an optimizer that can only be slips, refused before anything is trained or written."""

import math
import numbers

SHARES = ("beta_1", "beta_2", "rho", "momentum")  # in [0, 1)
POSITIVE = ("clipnorm", "clipvalue", "global_clipnorm")  # or None
RATES = ("learning_rate", "initial_learning_rate", "warmup_target")  # or None
AT_LEAST_ZERO = (*RATES, "weight_decay", "epsilon")
LARGEST_RATE = 1_000  # a million times the usual: whatever trains is far below


def check(config):
    """Raises ValueError for a number that no training wants; Keras takes most of them.

    Args:
        config: what `get_config` of a Keras optimizer, or of its schedule, returned.
    """
    for name, value in config.items():
        if isinstance(value, dict):  # a schedule
            check(value.get("config", {}))
        elif value is None or (isinstance(value, bool) and name not in SHARES + AT_LEAST_ZERO):
            continue  # weight_decay=False is Keras's way to say none
        elif name in SHARES and not (is_number(value) and 0 <= value < 1):
            raise ValueError(f"`{name}` is a number in [0, 1). Received: {value!r}. Try 0.5.")
        elif name in POSITIVE and not (is_number(value) and value > 0):
            raise ValueError(
                f"`{name}` is a number above 0, or None for no clipping. Received: {value!r}."
            )
        elif name in AT_LEAST_ZERO and not (is_number(value) and value >= 0):
            raise ValueError(f"`{name}` is a number, at least 0. Received: {value!r}. Try 2e-4.")
        elif name in RATES and value > LARGEST_RATE:
            raise ValueError(
                f"`{name}` is at most {LARGEST_RATE:,}. Received: {value:.6g}. Try 2e-4."
            )


def is_number(value):
    """Whether it is a finite real number."""
    return isinstance(value, numbers.Real) and math.isfinite(value)
