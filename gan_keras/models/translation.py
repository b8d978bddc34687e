"""A generator that is given something: translating with it, and showing what it does."""

from collections.abc import Iterator

import keras
import numpy as np
import tensorflow as tf

from gan_keras import images, kinds
from gan_keras.corruptions.mask import fill_of
from gan_keras.latents import RandomStream
from gan_keras.models import feeding, first_batch, validation
from gan_keras.models.adversarial import AdversarialModel

ORDER = ("input", "latents")
BATCH_SIZE = 32
BLOCK = 32  # samples that are corrupted together for scores; another number makes other holes
NUM_SHOWN = 16  # rows of a picture


class TranslationModel(AdversarialModel):
    """Abstract base of the algorithms whose generator turns an input into a sample.

    Args:
        generator: built `keras.Model` from what its inputs are named for ("input", and "latents"
            if it wants any) to samples.
        kind: the `kinds.Kind` of the samples. Defaults to None: what their shape says.
        input_kind: the same of the inputs. Defaults to None: what the corruption says, or their
            shape.
        corruption: a `corruptions.Corruption` that makes the inputs of the samples, which then
            need no pairs; or None.
        crop: a `augment.PairedCrop` that sample and input pass in training, or None.
        **arguments: those of `AdversarialModel`.
    """

    def __init__(
        self, generator, *, kind=None, input_kind=None, corruption=None, crop=None, **arguments
    ):
        kind = kind or kinds.of_shape(generator.outputs[0].shape[1:])
        super().__init__(kind=kind, **arguments)
        given = input_of(generator)
        self.generator = generator
        if input_kind is None and corruption is not None:
            input_kind = corruption.input_kind(kind)
        self.input_kind = input_kind or kinds.of_shape(given.shape[1:])
        self.corruption = corruption
        self.crop = crop
        self.sample_shape = tuple(kind.shape)
        self.num_classes = None
        self.latent_dim = None
        if feeding.takes(generator, "latents", ORDER):
            self.latent_dim = int(tensor_of(generator, "latents").shape[-1])
        if corruption is not None:
            check_corruption(corruption, kind, self.input_kind)
        self.moving_average_generator = self.average_of(generator, "moving_average_generator")
        self.keep_judges()

    # ------------------------------------------------------------- the game

    def generator_networks(self):
        """The generator."""
        return [self.generator]

    def batch_kinds(self):
        """Inputs and real samples; of a corruption, which makes the inputs, real samples alone."""
        kind, input_kind = self.kind, self.input_kind
        if self.crop is not None:
            kind, input_kind = of_any_size(kind), of_any_size(input_kind)
        if self.corruption is not None:
            return {"real": kind}
        return {"input": input_kind, "real": kind}

    def draw(self, batch, random):
        """A crop of the batch, what a corruption makes of it, and latents where they are used."""
        found = {}
        if self.crop is not None:
            found |= self.crop(batch, random)  # in evaluation, too: it makes the size
        real = found.get("real", batch["real"])
        if self.corruption is not None:
            found |= self.corruption(real, random)
        if self.latent_dim is not None:
            found["latents"] = random.normal((tf.shape(real)[0], self.latent_dim))
        return found

    def synthesize(self, batch):
        """One pass of the generator."""
        return {"fake": self.run(self.active(self.generator), batch)}

    def run(self, network, batch):
        """One pass of a translator over the inputs of a batch."""
        inputs = feeding.feed(network, batch, ORDER)
        return tf.cast(network(inputs, training=self.is_training), tf.float32)

    def given(self, batch):
        """What a discriminator may take beside samples."""
        return {role: batch[role] for role in ("input", "mask") if role in batch}

    def call(self, inputs, training=False):
        """Translations, by the averaged generator if there is one."""
        return (self.moving_average_generator or self.generator)(inputs, training=False)

    def predict(self, x, *arguments, **keywords) -> np.ndarray:
        """As in Keras: translations of inputs, or of a data set that gives them, alone or first.

        Raises:
            ValueError: `x` holds something else than inputs, or never ends.
        """
        first_batch.check_ends(super().predict, "steps", x, arguments, keywords)
        batch, x = first_batch.of(x)
        if batch is not None:
            first = batch.get("input") if isinstance(batch, dict) else tf.nest.flatten(batch)[0]
            if first is not None:
                self.directions()["forward"][1].check_batch(first, "What came to `predict`")
        return super().predict(x, *arguments, **keywords)

    # ------------------------------------------------------------- what it is for

    def directions(self):
        """Dict from the name of a direction to (network, kind of inputs, kind of samples)."""
        network = self.moving_average_generator or self.generator
        return {"forward": (network, self.input_kind, self.kind)}

    @property
    def takes_pictures(self):
        """Whether each of its generators is given an image, grey or in colour, and nothing else.

        The mask of an image with holes is a channel of it, and counts as part of it.
        """
        channels = (1, 3) if fill_of(self.corruption) is None else (2, 4)
        return all(
            isinstance(kind, kinds.Images)
            and kind.shape[-1] in channels
            and len(network.inputs) == 1
            for network, kind, _ in self.directions().values()
        )

    def served(self) -> dict[str, keras.Model]:
        """What to export: dict from name to network, averaged where there is an average."""
        return {"generator": self.moving_average_generator or self.generator}

    def translate(
        self, inputs, *, direction="forward", seed=0, batch_size=BATCH_SIZE
    ) -> np.ndarray:
        """What the (averaged) generator makes of inputs.

        Args:
            inputs: float32 array (num, *input shape), images in [-1, 1]; a generator that was
                built for (None, None, c) takes any size that its stride divides.
            direction: which generator, of a model that has two: "forward" or "backward".
            seed: of the latents, for a generator that takes some.
            batch_size: how many at a time, which bounds the memory.

        Returns:
            float32 array (num, *sample shape), images in [-1, 1].

        Raises:
            ValueError: inputs of another kind, or an unknown direction.
        """
        validation.check_positive_integers(batch_size=batch_size)
        _, input_kind, _ = validation.find("direction", direction, self.directions())
        input_kind.check_batch(np.asarray(inputs), "`inputs`")
        return self._translated(inputs, direction, seed, batch_size)

    def _translated(self, inputs, direction, seed, batch_size=BATCH_SIZE):
        """`translate` of inputs that are known to be right, bright ones too."""
        network, _, kind = validation.find("direction", direction, self.directions())
        inputs, found = np.asarray(inputs, "float32"), []
        random = RandomStream(np.random.SeedSequence(seed).generate_state(1)[0] >> 1)
        for start in range(0, len(inputs), batch_size):
            given = {"input": tf.constant(inputs[start : start + batch_size])}
            if self.latent_dim is not None:
                given["latents"] = random.normal((given["input"].shape[0], self.latent_dim))
            samples = network(feeding.feed(network, given, ORDER), training=False)
            found.append(np.asarray(samples, "float32"))
        return kind.from_network(np.concatenate(found))

    def pairs(
        self, source, num=None, *, seed=0, direction="forward"
    ) -> Iterator[dict[str, np.ndarray]]:
        """Translations beside their inputs and, where the data are pairs, what was wanted.

        What a corruption makes of a sample is a function of `seed`, the sample and its place alone:
        however many others are asked for, the holes stay.

        Args:
            source: a `data.Source`.
            num: how many; of more samples a random part. Defaults to all.
            seed: of that part, of corruptions and of latents.
            direction: as in `translate`.

        Yields:
            Dicts by role of float32 arrays: "input", "fake", and "real" and "mask" where there
            are any.
        """
        backward = direction == "backward"
        role = "real" if backward else "input"
        available = source.num_of("real" if self.corruption is not None else role)
        places = np.arange(available)
        if num is not None and num < available:
            places = np.sort(np.random.default_rng(seed).choice(available, num, replace=False))
        for start in range(0, len(places), BATCH_SIZE):
            some = places[start : start + BATCH_SIZE]
            batch = source.rows(some)
            if self.corruption is not None:
                batch |= self._corrupted(source, some, seed)
            if backward:
                batch["input"], batch["real"] = batch["real"], batch.get("input")
            paired = source.paired or self.corruption is not None  # which makes pairs of its own
            if not paired or batch.get("real") is None:
                batch.pop("real", None)
            fake = self._translated(batch["input"], direction, seed + start)
            yield {**batch, "fake": fake}

    def _corrupted(self, source, places, seed):
        """What the corruption makes of samples: dict by role of arrays.

        Samples are corrupted with the others of their block, from a stream that belongs to it.
        """
        found = {}
        for block in np.unique(places // BLOCK):
            inside = np.arange(block * BLOCK, (block + 1) * BLOCK)
            real = source.rows(inside)["real"]  # past the end it begins again
            state = np.random.SeedSequence([seed, block]).generate_state(1)[0] >> 1
            made = self.corruption(tf.constant(real), RandomStream(state))
            wanted = places[places // BLOCK == block] % BLOCK
            for role, tensor in made.items():
                found.setdefault(role, []).append(np.asarray(tensor)[wanted])
        return {role: np.concatenate(parts) for role, parts in found.items()}

    def fakes(self, num, *, seed=0, real=None, use_moving_average=True) -> Iterator[np.ndarray]:
        """Translations for scores, a batch at a time.

        Args:
            num: how many, at most; of more inputs a random part.
            seed: of that part, of corruptions and of latents.
            real: the `data.Source` that holds the inputs.
            use_moving_average: always on, for a translator.

        Yields:
            Batches of samples.

        Raises:
            ValueError: no source.
        """
        if real is None:
            raise ValueError(
                "A translator makes samples of inputs. Say of which: `real`, a data.Source."
            )
        for batch in self.pairs(real, num, seed=seed):
            yield batch["fake"]

    def exhibit(self, source, num=None, *, seed=0, direction="forward"):
        """What to show side by side: dict by role of uint8 images (num, h, w, c)."""
        rows = list(self.pairs(source, num or NUM_SHOWN, seed=seed, direction=direction))
        _, input_kind, kind = self.directions()[direction]
        kinds_of = {"input": input_kind, "fake": kind, "real": kind}
        shown = {
            role: own.shown(np.concatenate([row[role] for row in rows]))
            for role, own in kinds_of.items()
            if role in rows[0]
        }
        largest = np.max([pictures.shape[1:3] for pictures in shown.values()], axis=0)
        return {role: as_large_as(pictures, largest) for role, pictures in shown.items()}

    def picture(self, num=None, *, seed=0, real=None, **_) -> np.ndarray:
        """Rows of input, translation and, of pairs, what was wanted: uint8 (H, W, c).

        Args:
            num: how many. Defaults to 16.
            seed: as in `pairs`.
            real: a `data.Source`, which holds the inputs.

        Raises:
            ValueError: no source.
        """
        if real is None:
            raise ValueError(
                "A translator shows what it makes of inputs. Say of which: `real`, a data.Source."
            )
        parts = [
            part
            for direction in self.directions()
            for part in self.exhibit(real, num, seed=seed or 0, direction=direction).values()
        ]
        num = min(map(len, parts))  # without pairs one side may have fewer
        parts = [part[:num] for part in parts]
        columns = len(parts) * (2 if num > 4 else 1)
        cells = np.stack(parts, axis=1)  # (num, roles, h, w, c)
        return images.grid(cells.reshape(-1, *cells.shape[2:]), columns=columns)


def tensor_of(network, role):
    """The symbolic tensor by which a translator takes `role`: of that name, or in its place."""
    roles = feeding.roles_of(network)
    known = all(name in ORDER for name in roles)
    return network.inputs[(roles if known else list(ORDER)).index(role)]


def input_of(network):
    """The symbolic tensor of what a translator translates."""
    return tensor_of(network, "input")


def refuse_latents(network, argument):
    """Raises ValueError for a generator that wants latents, in a model that draws none."""
    if feeding.takes(network, "latents", ORDER):
        raise ValueError(
            f"`{argument}` takes {len(network.inputs)} inputs, latents among them, but here it is "
            "given images alone. Build it without latents, or take Pix2Pix."
        )


def check_corruption(corruption, kind, input_kind):
    """Raises ValueError unless the generator takes what the corruption makes of samples."""
    if None in kind.shape:
        return
    made = tuple(corruption.input_shape(kind.shape))
    if not validation.compatible(input_kind.shape, made):
        raise ValueError(
            f"The corruption '{corruption.name}' makes inputs of shape {made}, but `generator` "
            f"takes {tuple(input_kind.shape)}. Build it with that `input_shape`."
        )


def of_any_size(kind):
    """The kind with any sides."""
    *sides, channels = kind.shape
    return type(kind).from_config({**kind.get_config(), "shape": (*[None] * len(sides), channels)})


def as_large_as(pictures, size):
    """uint8 images (n, height, width, 3) of a size, by the nearest pixels."""
    rows, columns = (
        np.arange(wanted) * own // wanted
        for own, wanted in zip(pictures.shape[1:3], size, strict=True)
    )
    pictures = pictures[:, rows][:, :, columns]
    return np.repeat(pictures, 3, axis=-1) if pictures.shape[-1] == 1 else pictures
