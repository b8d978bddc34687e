"""What a recipe is: every setting of a training run, as plain data."""

import dataclasses
from typing import Any

from gan_keras.spelling import nearest


@dataclasses.dataclass(frozen=True, kw_only=True)
class Recipe:
    """The settings of a run: plain numbers, words, tuples and dicts, nothing that TensorFlow made.

    Things with arguments of their own (`loss`, `augment`, optimizers, a learning rate that is a
    schedule) are a name, or a dict of that name and arguments:
    `{"name": "adam", "learning_rate": 2e-4}`. A schedule that comes to an end ("cosine_decay",
    "linear_decay", "polynomial_decay") does so with the last epoch, unless it is given
    `decay_steps`.

    ```python
    from gan_keras import data, recipes

    recipe = recipes.get("ring").with_settings({"epochs": 5})
    source = data.source(recipe.data)
    gan = recipe.build(source, seed=1)
    gan.fit(source.batches(recipe.batch_size * recipe.discriminator_steps), epochs=recipe.epochs)
    ```

    Args:
        name: what the command line calls it.
        summary: one line for lists.
        data: name of a data set, or a path.
        data_arguments: further arguments of `gan_keras.data.source`, such as `image_size`.
        balanced: whether every batch has as many images of each class. Defaults to False.
        algorithm: name of one in `gan_keras.models`, such as "gan" (the default) or "acgan".
        network: file of `gan_keras.networks` with both builders, such as "dcgan"; or, for a
            translator, `{"generator": "unet", "discriminator": "patchgan"}`.
        generator: arguments of its `generator`.
        discriminator: arguments of its `discriminator`.
        conditional: whether both networks see the labels of the data. Defaults to False.
        loss: an adversarial loss; None for an algorithm that has one of its own.
        penalties: dict from penalty name to its arguments, `{"r1": {"weight": 0.3}}`.
        augment: an augmentation of what the discriminator sees, or None.
        generator_penalties: the same for the generator's loss, `{"feature_matching": {}}`.
        distances: dict from distance name to its arguments, of a translator: `{"l1": {"weight":
            100}}`.
        corruption: what makes a translator's inputs of the samples, or None where data are pairs.
        crop: arguments of `PairedCrop` (`size`, `flip`), in training, or None.
        surrogate: how the gradient reaches a generator that draws symbols (of "sequence_gan"), or
            None.
        weight_clip: limit of the discriminator's weights (the first Wasserstein GAN), or None.
        moving_average: arguments of `MovingAverage` (`half_life`, in images), or None.
        model: further arguments of the algorithm's class (`prior`, `packing`, ...).
        generator_optimizer: a Keras optimizer.
        discriminator_optimizer: a Keras optimizer.
        discriminator_steps: discriminator updates for each one of the generator, on fresh images.
        fresh_noise: whether the generator's update makes a pass of its own; see `compile`.
        steps_per_execution: training steps in one call from Python, which tiny networks want.
        batch_size: images of one update.
        epochs: passes over the data.
        published: where the settings come from, for those of a paper: its score, and whether we
            have run them. Empty for our own.

    Raises:
        ValueError: a number out of range.
        TypeError: a setting of the wrong type.
    """

    name: str
    summary: str
    data: str = "fashion_mnist_10k"
    data_arguments: dict = dataclasses.field(default_factory=dict)
    balanced: bool = False
    algorithm: str = "gan"
    network: str | dict = "dcgan"
    generator: dict = dataclasses.field(default_factory=dict)
    discriminator: dict = dataclasses.field(default_factory=dict)
    conditional: bool = False
    loss: Any = "non_saturating"
    penalties: dict = dataclasses.field(default_factory=dict)
    generator_penalties: dict = dataclasses.field(default_factory=dict)
    distances: dict = dataclasses.field(default_factory=dict)
    corruption: Any = None
    crop: dict | None = None
    weight_clip: float | None = None
    augment: Any = None
    moving_average: dict | None = None
    model: dict = dataclasses.field(default_factory=dict)
    generator_optimizer: Any = "adam"
    discriminator_optimizer: Any = "adam"
    discriminator_steps: int = 1
    fresh_noise: bool = False
    steps_per_execution: int = 1
    batch_size: int = 64
    epochs: int = 10
    surrogate: Any = None
    published: dict = dataclasses.field(default_factory=dict)

    def __post_init__(self):
        check_types(vars(self))
        for field in dataclasses.fields(self):
            check_sizes(field.name, getattr(self, field.name))
        if self.weight_clip is not None and not 0 < self.weight_clip < float("inf"):
            raise ValueError(
                f"`weight_clip` is a number above 0, or None. Received: {self.weight_clip!r}. "
                "Try 0.01."
            )
        for name in ("discriminator_steps", "steps_per_execution", "batch_size", "epochs"):
            if getattr(self, name) < 1:
                raise ValueError(f"`{name}` must be at least 1. Received: {getattr(self, name)}")
        packing = self.model.get("packing", 1)
        if isinstance(packing, int) and packing > 0 and self.batch_size % packing:
            raise ValueError(
                f"`batch_size` (={self.batch_size}) can't be packed by {packing}. Take a multiple, "
                f"e.g. {packing * max(1, self.batch_size // packing)}."
            )

    def settings(self) -> dict:
        """Every setting as one dict, which JSON can hold."""
        return dataclasses.asdict(self)

    @classmethod
    def from_settings(cls, settings) -> "Recipe":
        """The recipe that `settings` came from; lists, as JSON has them, become tuples."""
        known = [field.name for field in dataclasses.fields(cls)]
        for key in settings:
            if key not in known:
                raise ValueError(f"Unknown setting '{key}'.{nearest(key, known)}")
        return cls(**tuples(settings))

    @classmethod
    def from_run(cls, settings):
        """The recipe of a run that another version may have started, from its config.json.

        A setting that the run lacks is at its default. One that this version lacks is left out if
        it asked for nothing (None, False, or empty).

        Raises:
            ValueError: a setting asks for what this version does not know.
        """
        fields = dataclasses.fields(cls)
        if missing := [field.name for field in fields[:2] if field.name not in settings]:
            raise ValueError(
                f"The run's config.json is damaged: its settings lack '{missing[0]}'. Take a copy "
                "of it from elsewhere, or start the run again."
            )
        return cls.from_settings(without_unknown(settings, {field.name for field in fields}))

    def with_settings(self, changes) -> "Recipe":
        """A recipe with some settings changed.

        Args:
            changes: dict from a key to its value. A dot leads into a dict:
                `{"penalties.r1.weight": 0.5, "loss": "hinge", "generator.widths": (64, 32)}`.

        Raises:
            ValueError: an unknown setting; the nearest one is named.
        """
        settings = self.settings()
        for key, value in changes.items():
            _change(settings, key, tuples(value))  # a copy, which the next key may change
        return Recipe.from_settings(settings)

    def build(self, source, *, seed=0):
        """The compiled model for the data of `source`. Imports TensorFlow.

        Args:
            source: what `gan_keras.data.source` returned.
            seed: of the weights and of all random numbers of training. Sets Keras's global seed,
                from which layers take theirs.

        Raises:
            ValueError: a name or an argument that does not exist; data that do not fit.
        """
        from gan_keras.recipes import build

        return build.build(self, source, seed)


def without_unknown(settings, known):
    """`settings` of another version without those that are not `known` and ask for nothing.

    Raises:
        ValueError: one that is not known asks for something.
    """
    for key, value in settings.items():
        if key not in known and value:
            raise ValueError(
                f"The run has a setting that this version does not know: {key}={value!r}. "
                "Go on with the version that started it, which its config.json names."
            )
    return {key: value for key, value in settings.items() if key in known}


def tuples(value):
    """`value` with each list in it a tuple."""
    if isinstance(value, dict):
        return {key: tuples(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(tuples(item) for item in value)
    return value


def _change(settings, key, value):
    """Puts `value` at a dotted key into nested dicts, in place."""
    first, *rest = key.split(".")
    if first not in settings:
        raise ValueError(f"Unknown setting '{first}'.{nearest(first, settings)}")
    if "" in rest:
        raise ValueError(f"A setting is a name, or names with dots between. Received: '{key}'")
    at, last = settings, first
    for part in rest:
        inner = at.get(last)
        if inner is None:
            inner = {}
        elif isinstance(inner, str):
            inner = {"name": inner}  # "hinge" is short for {"name": "hinge"}
        elif not isinstance(inner, dict):
            raise ValueError(f"'{key}' leads into {inner!r}, which has no settings of its own.")
        at[last] = inner
        at, last = inner, part
    at[last] = value


LARGEST = 10**12  # of whole numbers; what is larger is a slip, and TensorFlow could not hold it
WORDS = {
    str: "text",
    bool: "True or False",
    int: "a whole number",
    dict: "a dict of settings",
    str | dict: "a name, or a dict of names",
    float | None: "a number, or None",
    dict | None: "a dict of settings, or None",
}


def check_types(settings):
    """Raises TypeError for a setting of a wrong type; unknown ones pass."""
    for field in dataclasses.fields(Recipe):
        if field.name in settings:
            _check_type(field.name, field.type, settings[field.name])


def check_sizes(name, value):
    """Raises ValueError for a whole number, in however many dicts and tuples, that must be a slip.

    Args:
        name: of the setting, for the message.
        value: a setting.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            check_sizes(f"{name}.{key}", inner)
    elif isinstance(value, tuple):
        for inner in value:
            check_sizes(name, inner)
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError(f"`{name}` is at most {LARGEST:,}. Received: {value}. Take a smaller one.")


def _check_type(name, kind, value):
    if kind is Any or (kind == float | None and type(value) is int):
        return
    if (kind is int and isinstance(value, bool)) or not isinstance(value, kind):
        expected = WORDS[kind]
        raise TypeError(f"`{name}` is {expected}. Received: {value!r}")
