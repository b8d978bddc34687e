"""A training as a script of its own: what `gan-keras train` does, in plain Python.

For the algorithm "gan" the script makes each part itself. For the others, whose networks are made
of two by `recipes.algorithms`, it spells the recipe out and builds that.
"""

import dataclasses
import json

from gan_keras import augment, losses, penalties
from gan_keras.recipes import build
from gan_keras.recipes.recipe import Recipe
from gan_keras.version import __version__

PLAIN = "gan"  # the algorithm that the script makes part by part


@dataclasses.dataclass(frozen=True)
class Call:
    """Text of a call: `function(*first, name=value, ...)`.

    Args:
        function: its text.
        arguments: dict of keywords.
        first: arguments without a name.
    """

    function: str
    arguments: dict = dataclasses.field(default_factory=dict)
    first: tuple = ()


@dataclasses.dataclass(frozen=True)
class Text:
    """Python as it is to be written."""

    text: str


def script(training):
    """The text of a script that trains what a `running.Training` does, to the same bits.

    Args:
        training: a `Training` of one process, on one device.

    Raises:
        ValueError: it starts with another run's weights, or has another strategy.
    """
    defaults = {"strategy": "auto", "start_from": None}
    for name, default in defaults.items():
        if training.arguments[name] != default:
            raise ValueError(
                f"--as-python writes a training on one device, with weights of its own. Leave out "
                f"{name.replace('start_from', 'from')}={training.arguments[name]}."
            )
    recipe, seed = training.recipe, training.seed
    lines = [f'"""The recipe `{recipe.name}` of gan_keras {__version__}, as a script."""', ""]
    # A kind that its shape does not say knows what its networks must be told.
    is_plain = recipe.algorithm == PLAIN and build.own_kind(training.source.kind) is None
    precision = training.arguments["precision"]
    is_mixed = precision != "float32"
    if is_plain:
        lines += imports(recipe)
    else:
        lines += ["import keras", ""] if is_mixed else []
        lines += ["from gan_keras import callbacks, data, recipes"]
    if is_mixed:
        lines += ["", written(Call("keras.config.set_dtype_policy", first=(precision,)))]
    data = Call("data.source", dict(recipe.data_arguments), (recipe.data,))
    lines += ["", "source = " + written(data)]
    lines += parts(training) if is_plain else spelled_out(recipe, seed)
    batches = {"seed": seed, "repeat": True, "labels": recipe.conditional}
    batches |= {"balanced": True} if recipe.balanced else {}
    look = {"real": Text("source")}
    look |= {} if training.arguments["mark"] else {"mark": False}
    fit = {
        "steps_per_epoch": training.steps_per_epoch,
        "epochs": recipe.epochs,
        "callbacks": [
            Call("callbacks.TerminateOnNonFinite"),
            Call("callbacks.SampleGrid", look, (f"{recipe.name}_samples",)),
        ],
    }
    lines += [
        "dataset = " + written(Call("source.batches", batches, (training.images_per_step,))),
        written(Call("model.fit", fit, (Text("dataset"),))),
        written(Call("model.save", {}, (f"{recipe.name}.keras",))),
    ]
    return "\n".join(lines) + "\n"


def imports(recipe):
    """Lines that import what `parts` names."""
    used = ["callbacks", "data", "losses"]
    used += ["penalties"] if recipe.penalties or recipe.generator_penalties else []
    used += ["penalties"] if recipe.weight_clip is not None else []
    used += ["augment"] if recipe.augment else []
    return [
        "import keras",
        "",
        "import gan_keras",
        f"from gan_keras import {', '.join(sorted(set(used)))}",
        *(["from gan_keras.models import MovingAverage"] if recipe.moving_average else []),
        f"from gan_keras.networks import {recipe.network}",
    ]


def parts(training):
    """Lines that make networks, model and optimizers, in the order of `recipes.build`."""
    recipe, seed, source = training.recipe, training.seed, training.source
    classes = {"num_classes": source.num_classes} if recipe.conditional else {}
    *size, channels = source.sample_shape
    lines = [f"keras.utils.set_random_seed({seed})"]
    for role, packing in (("generator", 1), ("discriminator", recipe.model.get("packing", 1))):
        arguments = {"image_shape": (*size, channels * packing), **classes, **getattr(recipe, role)}
        lines.append(f"{role} = " + written(Call(f"{recipe.network}.{role}", arguments)))
    if recipe.weight_clip is not None:
        lines.append(f"penalties.clip_weights(discriminator, {recipe.weight_clip})")
    model = {**classes, "loss": named("losses", losses.NAMES, recipe.loss)}
    for setting in ("penalties", "generator_penalties"):
        found = [
            named("penalties", penalties.NAMES, {"name": name, **arguments})
            for name, arguments in getattr(recipe, setting).items()
            if arguments is not None
        ]
        model[setting] = found or None
    model["augment"] = recipe.augment and named("augment", augment.NAMES, recipe.augment)
    model["moving_average"] = recipe.moving_average and Call("MovingAverage", recipe.moving_average)
    model = {key: value for key, value in model.items() if value is not None}
    first = (Text("generator"), Text("discriminator"))
    model = Call("gan_keras.GAN", {**model, "seed": seed, **recipe.model}, first)
    steps = recipe.epochs * training.steps_per_epoch
    compiled = {
        "generator_optimizer": optimizer(recipe.generator_optimizer, steps),
        "discriminator_optimizer": optimizer(
            recipe.discriminator_optimizer, steps * recipe.discriminator_steps
        ),
    }
    rhythm = {
        "discriminator_steps": (recipe.discriminator_steps, 1),
        "fresh_noise": (recipe.fresh_noise, False),
        "steps_per_execution": (training.model.steps_per_execution, 1),
    }
    compiled |= {key: value for key, (value, default) in rhythm.items() if value != default}
    return [*lines, "model = " + written(model), written(Call("model.compile", compiled))]


def spelled_out(recipe, seed):
    """Lines that build a recipe whose settings they name, as far as they are no defaults."""
    defaults = {field.name: field for field in dataclasses.fields(Recipe)}
    settings = {}
    for name, value in recipe.settings().items():
        field = defaults[name]
        made = field.default_factory is not dataclasses.MISSING
        if value != (field.default_factory() if made else field.default):
            settings[name] = value
    return [
        "recipe = " + written(Call("recipes.Recipe", settings)),
        f"model = recipe.build(source, seed={seed})",
    ]


def named(module, table, value):
    """The call that makes an object of a table from its name and arguments."""
    name, arguments = build.split(module, value)
    if "loss" in arguments and module == "losses":  # a loss in a loss, as in top_k
        arguments["loss"] = named(module, table, arguments["loss"])
    return Call(f"{module}.{build.find(module, table, name).__name__}", arguments)


def optimizer(value, updates):
    """The call that makes a Keras optimizer, and its schedule."""
    name, arguments = build.split("optimizer", value)
    rate = arguments.get("learning_rate")
    if isinstance(rate, dict):
        schedule, rate = build.split("learning_rate", build.as_long_as_training(rate, updates))
        class_name = build.SCHEDULES[schedule].__name__
        arguments["learning_rate"] = Call(f"keras.optimizers.schedules.{class_name}", rate)
    return Call(f"keras.optimizers.{build.OPTIMIZERS[name].__name__}", arguments)


def written(value, indent=0):
    """Python text of a value, with a line for each argument of calls, lists and dicts."""
    inner, outer = " " * (indent + 4), " " * indent
    if isinstance(value, Text):
        return value.text
    if isinstance(value, Call):
        items = [written(item, indent + 4) for item in value.first]
        items += [f"{key}={written(item, indent + 4)}" for key, item in value.arguments.items()]
        opened, closed = f"{value.function}(", ")"
    elif isinstance(value, list):
        items, opened, closed = [written(item, indent + 4) for item in value], "[", "]"
    elif isinstance(value, dict):
        items = [f"{written(key)}: {written(item, indent + 4)}" for key, item in value.items()]
        opened, closed = "{", "}"
    elif isinstance(value, tuple):
        items = [written(item, indent + 4) for item in value]
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
    else:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
    line = opened + ", ".join(items) + closed
    if "\n" not in line and len(line) + indent < 88:
        return line
    return opened + "\n" + "".join(f"{inner}{item},\n" for item in items) + outer + closed
