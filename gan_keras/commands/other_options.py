"""Options that are for other data than came."""


def refuse(options, reason, but=()):
    """Raises ValueError for an option that was given.

    Args:
        options: dict from an option to its value, None where it was not given.
        reason: what the message says of it, "is not for series. Leave it out."
        but: options that are allowed.
    """
    for name, value in options.items():
        if value is not None and name not in but:
            raise ValueError(f"{name} {reason}")
