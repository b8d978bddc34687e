"""How small objects give themselves back: registered names, configs and look-up by name."""

import dataclasses

from gan_keras.registration import register
from gan_keras.spelling import nearest

__all__ = ["Configurable", "lookup", "register"]


class Configurable:
    """Base of the small objects (losses, penalties, ...): a keyword-only dataclass is its config.

    Decorate a subclass with `@register` and `@dataclasses.dataclass(kw_only=True)`: its fields are
    its arguments, and so what `get_config` returns.
    """

    def get_config(self):
        """The arguments that make an equal object."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @classmethod
    def from_config(cls, config):
        """An object made from what `get_config` returned."""
        return cls(**config)


def lookup(identifier, table, kind, base):
    """An object of `table` by its name, from its config, or as it is.

    Args:
        identifier: a key of `table`, a serialised config (dict), or an object of `base`.
        table: dict from name to class.
        kind: what the thing is called in an error, e.g. "loss".
        base: the class of all of them.

    Raises:
        ValueError: the name is not in the table; the nearest one is named.
        TypeError: something else.
    """
    if isinstance(identifier, str):
        if identifier not in table:
            raise ValueError(f"Unknown {kind} '{identifier}'.{nearest(identifier, table)}")
        return table[identifier]()
    found = identifier
    if isinstance(identifier, dict):
        import keras  # late: data are described without it, and it loads slowly

        found = keras.saving.deserialize_keras_object(identifier)
    if isinstance(found, type):
        raise TypeError(
            f"`{kind}` takes an object, not a class. Received: {found.__name__}. "
            f"Write {found.__name__}()."
        )
    if not isinstance(found, base):
        raise TypeError(
            f"A {kind} is a name or a gan_keras {base.__name__}. Received: {found!r}. "
            f"Known: {', '.join(sorted(table))}."
        )
    return found
