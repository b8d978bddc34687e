"""From settings to objects: each name is looked up, each argument checked, before anything runs."""

import inspect

import keras

from gan_keras import augment, losses, models, networks, penalties
from gan_keras.models.moving_average import MovingAverage
from gan_keras.spelling import nearest

OPTIMIZERS = {
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,
    "rmsprop": keras.optimizers.RMSprop,
    "sgd": keras.optimizers.SGD,
}
SCHEDULES = {
    "cosine_decay": keras.optimizers.schedules.CosineDecay,
    "exponential_decay": keras.optimizers.schedules.ExponentialDecay,
    "piecewise_constant_decay": keras.optimizers.schedules.PiecewiseConstantDecay,
    "polynomial_decay": keras.optimizers.schedules.PolynomialDecay,
}


def build(recipe, source, seed):
    """The compiled `GAN` of a recipe; see `Recipe.build`."""
    if recipe.conditional and source.num_classes is None:
        raise ValueError(
            f"Recipe '{recipe.name}' is conditional but '{source.name}' has no labels. "
            "Take data with labels (a folder of class folders), or --set conditional=False."
        )
    keras.utils.set_random_seed(seed)
    num_classes = source.num_classes if recipe.conditional else None
    network = find("network", networks.NAMES, recipe.network)
    generator, discriminator = (
        call(
            f"{role}.",
            getattr(network, role),
            {
                "image_shape": tuple(source.sample_shape),
                "num_classes": num_classes,
                **getattr(recipe, role),
            },
        )
        for role in ("generator", "discriminator")
    )
    gan = call(
        "model.",
        models.GAN,
        {
            "generator": generator,
            "discriminator": discriminator,
            "loss": named("loss", losses.NAMES, recipe.loss),
            "penalties": [
                call(f"penalties.{name}.", find("penalty", penalties.NAMES, name), arguments)
                for name, arguments in recipe.penalties.items()
                if arguments is not None
            ],
            "augment": recipe.augment and named("augment", augment.NAMES, recipe.augment),
            "moving_average": recipe.moving_average
            and call("moving_average.", MovingAverage, recipe.moving_average),
            "num_classes": num_classes,
            "seed": seed,
            **recipe.model,
        },
    )
    gan.compile(
        generator_optimizer=optimizer("generator_optimizer", recipe.generator_optimizer),
        discriminator_optimizer=optimizer(
            "discriminator_optimizer", recipe.discriminator_optimizer
        ),
        discriminator_steps=recipe.discriminator_steps,
    )
    return gan


def optimizer(setting, value):
    """A Keras optimizer from its name, or from a dict of that and arguments."""
    name, arguments = split(setting, value)
    rate = arguments.get("learning_rate")
    if isinstance(rate, dict):
        arguments["learning_rate"] = named(f"{setting}.learning_rate", SCHEDULES, rate)
    return call(f"{setting}.", find("optimizer", OPTIMIZERS, name), arguments)


def named(setting, table, value):
    """An object of `table` from its name, or from a dict of that and arguments."""
    name, arguments = split(setting, value)
    return call(f"{setting}.", find(setting, table, name), arguments)


def split(setting, value):
    """Name and arguments of a thing that was given as a name or as a dict."""
    if isinstance(value, str):
        return value, {}
    if isinstance(value, dict) and "name" in value:
        return value["name"], {key: item for key, item in value.items() if key != "name"}
    raise TypeError(
        f"`{setting}` takes a name, or a dict with a 'name' and arguments. Received: {value!r}"
    )


def find(kind, table, name):
    """The entry of a table; the error for a name that it lacks says the nearest one."""
    if name not in table:
        raise ValueError(f"Unknown {kind} '{name}'.{nearest(name, table)}")
    return table[name]


def call(prefix, function, arguments):
    """`function(**arguments)`; the error for an argument it lacks says the nearest one.

    Args:
        prefix: what comes before an argument's name in the settings, such as "generator.".
        function: builder or class.
        arguments: dict.
    """
    known = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is not parameter.VAR_KEYWORD
    ]
    for name in arguments:
        if name not in known:
            raise ValueError(f"Unknown setting '{prefix}{name}'.{nearest(name, known)}")
    return function(**arguments)
