"""From settings to objects: each name is looked up, each argument checked, before anything runs."""

import inspect

import keras

from gan_keras import (
    augment,
    corruptions,
    distances,
    kinds,
    losses,
    models,
    networks,
    penalties,
    surrogates,
)
from gan_keras.augment.paired import PairedCrop
from gan_keras.models import optimizer_values
from gan_keras.models.linear_decay import LinearDecay
from gan_keras.models.moving_average import MovingAverage
from gan_keras.recipes import algorithms, translators
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
    "linear_decay": LinearDecay,
    "piecewise_constant_decay": keras.optimizers.schedules.PiecewiseConstantDecay,
    "polynomial_decay": keras.optimizers.schedules.PolynomialDecay,
}
# For data of each kind a recipe that takes them.
RECIPES_OF = {
    "images": "photos",
    "points": "ring",
    "table": "table",
    "mode_table": "ctgan",
    "spectrograms": "sounds",
    "tokens": "sequences",
    "signals": "series",
    "videos": "videos",
    "waves": "wavegan",
}
ENDING = ("cosine_decay", "linear_decay", "polynomial_decay")


def build(recipe, source, seed):
    """The compiled model of a recipe; see `Recipe.build`."""
    if recipe.conditional and source.num_classes is None:
        raise ValueError(
            f"Recipe '{recipe.name}' is conditional but '{source.name}' has no labels. "
            "Take data with labels (a folder of class folders), or --set conditional=False."
        )
    check_kind(recipe, source)
    keras.utils.set_random_seed(seed)
    num_classes = source.num_classes if recipe.conditional else None
    algorithm = find("algorithm", models.NAMES, recipe.algorithm)
    networks_of = find("algorithm", algorithms.NETWORKS, recipe.algorithm)
    corruption = recipe.corruption and named("corruption", corruptions.NAMES, recipe.corruption)
    is_translator = recipe.algorithm in translators.ALGORITHMS
    check_pairs(recipe, source, is_translator)
    if is_translator:
        builder = translator_builder(recipe, source, corruption)
    else:
        builder = network_builder(recipe, source)
    parts = networks_of(builder, num_classes, recipe.model)
    if recipe.weight_clip is not None:
        penalties.clip_weights(parts["discriminator"], recipe.weight_clip)
    optional = {
        "num_classes": num_classes,
        "loss": recipe.loss and named("loss", losses.NAMES, recipe.loss),
        "penalties": terms("penalties", "penalty", penalties.NAMES, recipe.penalties),
        "distances": terms("distances", "distance", distances.NAMES, recipe.distances),
        "corruption": corruption,
        "crop": recipe.crop and call("crop.", PairedCrop, recipe.crop),
        "input_kind": source.entry_kinds.get("input") if is_translator else None,
        "kind": own_kind(source.kind),
        "surrogate": recipe.surrogate and named("surrogate", surrogates.NAMES, recipe.surrogate),
        "augment": recipe.augment and named("augment", augment.NAMES, recipe.augment),
        "generator_penalties": terms(
            "generator_penalties", "penalty", penalties.NAMES, recipe.generator_penalties
        ),
    }
    model = call(
        "model.",
        algorithm,
        {
            **parts,
            **taken(algorithm, recipe, optional),
            "moving_average": recipe.moving_average
            and call("moving_average.", MovingAverage, recipe.moving_average),
            "seed": seed,
            **recipe.model,
        },
    )
    steps = training_steps(recipe, source, model)
    model.compile(
        generator_optimizer=optimizer("generator_optimizer", recipe.generator_optimizer, steps),
        discriminator_optimizer=optimizer(
            "discriminator_optimizer",
            recipe.discriminator_optimizer,
            steps * recipe.discriminator_steps,
        ),
        discriminator_steps=recipe.discriminator_steps,
        fresh_noise=recipe.fresh_noise,
        steps_per_execution=recipe.steps_per_execution,
    )
    return model


def check_kind(recipe, source):
    """Raises ValueError for data that the recipe's networks are not for, with a recipe that is."""
    if recipe.algorithm in translators.ALGORITHMS:
        network = networks.TRANSLATORS.get(translator_networks(recipe).get("generator"))
    else:
        network = find("network", networks.NAMES, recipe.network)
    meant = getattr(network, "KINDS", ("images",))
    kind = source.kind
    if any(getattr(one, "name", None) in meant for one in type(kind).__mro__):
        return  # a kind of images is for networks of images, too
    other = RECIPES_OF.get(kind.name)
    raise ValueError(
        f"Recipe '{recipe.name}' is for {' or '.join(meant)}, but '{source.name}' holds "
        f"{kind.name} of shape {source.sample_shape}. Take "
        + (f"recipe {other}." if other else "another recipe: gan-keras list")
    )


def gains_by_bfloat16(recipe, kind):
    """Whether a recipe's networks were measured to learn samples of a kind in bfloat16.

    They say so themselves: in less time than in float32, to the same scores (docs/performance.md).
    """
    if recipe.algorithm in translators.ALGORITHMS:
        return False
    network = find("network", networks.NAMES, recipe.network)
    return kind.name in getattr(network, "BFLOAT16", ())


def own_kind(kind):
    """The kind that a model must be told, or None: the shape of images and vectors says theirs."""
    return None if type(kind) in (kinds.Images, kinds.Vectors) else kind


def network_builder(recipe, source):
    """A function from a role, and what the algorithm wants of it, to a network of the recipe.

    `conditions` says that the algorithm can tell networks parts of the sample.
    """
    network = find("network", networks.NAMES, recipe.network)

    def builder(role, *, num_classes=None, packing=1, conditions=False):
        *size, channels = source.kind.shape
        function = getattr(network, role)
        known = inspect.signature(function).parameters
        of_kind = {**source.kind.network_arguments(), "packing": packing}
        if not conditions:
            of_kind.pop("condition_size", None)
        arguments = {
            "image_shape": (*size, channels * packing),
            "num_classes": num_classes,
            **{name: value for name, value in of_kind.items() if name in known},
            **getattr(recipe, role),
        }
        return call(f"{role}.", function, arguments)

    return builder


def translator_builder(recipe, source, corruption):
    """A function from a role to a network of the recipe that is given an input.

    `backward` exchanges input and sample. Networks take whatever size comes if the data are cropped
    to one in training.
    """
    named_by_role = translator_networks(recipe)
    shape = source.sample_shape
    if recipe.crop is not None:
        sides = recipe.crop["size"]
        sides = (sides,) * (len(shape) - 1) if isinstance(sides, int) else tuple(sides)
        shape = (*sides, shape[-1])
    if corruption is not None:
        given = corruption.input_shape(shape)
    else:
        own = source.entry_kinds["input"].shape
        factor = source.sample_shape[0] // own[0]
        given = (shape[0] // factor, shape[1] // factor, own[-1])
    tables = {"generator": networks.TRANSLATORS, "discriminator": networks.JUDGES}

    def builder(role, *, backward=False):
        network = find(f"network.{role}", tables[role], named_by_role.get(role))
        input_shape, image_shape = (shape, given) if backward else (given, shape)
        function, arguments = getattr(network, role), dict(getattr(recipe, role))
        conditional = arguments.pop("conditional", False)
        if role == "generator":
            arguments["input_shape"] = input_shape
        elif conditional:
            arguments["input_shape"] = given
        return call(f"{role}.", function, {"image_shape": image_shape, **arguments})

    return builder


def translator_networks(recipe):
    """Dict from role to the name of a translator's network."""
    if isinstance(recipe.network, str):
        return {"generator": recipe.network, "discriminator": "patchgan"}
    return recipe.network


def check_pairs(recipe, source, is_translator):
    """Raises ValueError unless the data are of the form that the algorithm learns from."""
    has_input = "input" in source.entries
    if not is_translator:
        if has_input:
            raise ValueError(
                f"'{source.name}' holds inputs and samples, but recipe '{recipe.name}' makes "
                "samples of latents. Take a translator's recipe, such as pix2pix, or the samples "
                "alone."
            )
        return
    if recipe.corruption is not None:
        if has_input:
            raise ValueError(
                f"Recipe '{recipe.name}' makes its inputs of the samples, by {recipe.corruption}, "
                f"but '{source.name}' brings inputs. Give the samples alone, or --set "
                "corruption=None."
            )
        return
    wants_pairs = recipe.algorithm == "pix2pix"
    if not has_input:
        folders = "'input' and 'target' (or A and B)" if wants_pairs else "'trainA' and 'trainB'"
        raise ValueError(
            f"Recipe '{recipe.name}' learns from inputs and samples, but '{source.name}' has "
            f"samples alone. Give a folder with {folders} in it, and --set "
            f"data_arguments.pairing={'paired' if wants_pairs else None}."
        )
    if wants_pairs and not source.paired:
        raise ValueError(
            f"Recipe '{recipe.name}' learns from pairs, but '{source.name}' is unpaired: "
            f"{source.num_of('input')} inputs and {source.num_of('real')} samples. Take cyclegan "
            "or cut; or, if each input has its partner, --set data_arguments.pairing=paired."
        )
    if source.paired and not wants_pairs:
        raise ValueError(
            f"Recipe '{recipe.name}' learns without pairs, but '{source.name}' holds pairs. Take "
            "pix2pix, which learns more from them, or --set data_arguments.pairing=unpaired."
        )


def terms(setting, kind, table, wanted):
    """Objects from a recipe's dict; one whose arguments are None is left out."""
    for name, arguments in wanted.items():
        if arguments is not None and not isinstance(arguments, dict):
            raise ValueError(
                f"`{setting}.{name}` is a dict of arguments, or None to leave it out. Received: "
                f"{arguments!r}. Try --set {setting}.{name}.weight={arguments}."
            )
    return [
        call(f"{setting}.{name}.", find(kind, table, name), arguments)
        for name, arguments in wanted.items()
        if arguments is not None
    ]


def taken(algorithm, recipe, optional):
    """Those settings that are set, which the algorithm must know."""
    known = inspect.signature(algorithm).parameters
    found = {key: value for key, value in optional.items() if value not in (None, [])}
    for key in found:
        if key not in known:
            nothing = {} if isinstance(getattr(recipe, key, None), dict) else None
            cure = "conditional=False" if key == "num_classes" else f"{key}={nothing}"
            raise ValueError(
                f"Algorithm '{recipe.algorithm}' takes no `{key}`. Leave it out ({cure}), "
                f"or take another algorithm: {', '.join(sorted(algorithms.NETWORKS))}."
            )
    return found


def training_steps(recipe, source, model):
    """How many steps the recipe's epochs have, on these data."""
    batches = model.batches_with(recipe.discriminator_steps, recipe.fresh_noise)
    return recipe.epochs * (source.num_samples // (recipe.batch_size * batches))


def optimizer(setting, value, updates):
    """A Keras optimizer from its name, or from a dict of that and arguments.

    Args:
        setting: its name in the recipe.
        value: what the recipe has there.
        updates: how often it is to update its player in the whole training.
    """
    name, arguments = split(setting, value)
    rate = arguments.get("learning_rate")
    if isinstance(rate, dict):
        rate = as_long_as_training(rate, updates)
        arguments["learning_rate"] = named(f"{setting}.learning_rate", SCHEDULES, rate)
    elif "learning_rate" in arguments:
        if not optimizer_values.is_number(rate) or isinstance(rate, bool):
            raise ValueError(
                f"`{setting}.learning_rate` is a number, or a dict with the name of a schedule. "
                f"Received: {rate!r}. Try 2e-4."
            )
        arguments["learning_rate"] = float(rate)  # Keras refuses whole numbers
    return call(f"{setting}.", find("optimizer", OPTIMIZERS, name), arguments)


def as_long_as_training(rate, updates):
    """A schedule that comes to an end, and does not say when, ends with the training."""
    if rate.get("name") not in ENDING or "decay_steps" in rate:
        return rate
    warms_up = rate.get("warmup_target") is not None  # Keras: else there is no such phase
    warmup_steps = rate.get("warmup_steps", 0) if warms_up else 0
    return {**rate, "decay_steps": max(1, updates - warmup_steps)}


def named(setting, table, value):
    """An object of `table` from its name, or from a dict of that and arguments."""
    name, arguments = split(setting, value)
    if isinstance(arguments.get("loss"), dict):  # a loss in a loss, as in top_k
        arguments["loss"] = named(f"{setting}.loss", table, arguments["loss"])
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
    if not isinstance(name, str) or name not in table:
        raise ValueError(f"Unknown {kind} '{name}'.{nearest(name, table)}")
    return table[name]


def call(prefix, function, arguments):
    """`function(**arguments)`; the error for an argument it lacks says the nearest one.

    Args:
        prefix: what comes before an argument's name in the settings, such as "generator.".
        function: builder or class.
        arguments: dict.
    """
    parameters = inspect.signature(function).parameters
    known = [name for name, one in parameters.items() if one.kind is not one.VAR_KEYWORD]
    # sagan's builder hands what it does not know to resnet's, which complains
    passes_on = len(known) < len(parameters) and inspect.isfunction(function)
    for name in arguments:
        if name not in known and not passes_on:
            raise ValueError(f"Unknown setting '{prefix}{name}'.{nearest(name, known)}")
    return function(**arguments)
