"""A generator that is fed latents: drawing them, sampling it, walking between its samples."""

import functools
import itertools
import math
import numbers
from collections.abc import Iterator

import keras
import numpy as np
import tensorflow as tf

from gan_keras import kinds
from gan_keras.latents import PRIORS, RandomStream, check_seed, path
from gan_keras.layers.styles import has_styles, truncated
from gan_keras.machines import memory
from gan_keras.models import first_batch, validation
from gan_keras.models.adversarial import AdversarialModel
from gan_keras.models.feeding import feed, roles_of
from gan_keras.spelling import nearest

BATCH_SIZE = 256  # of samples for scores
ORDER = ("latents", "labels", "condition")
LARGEST_DRAW = 2**24  # latents of one draw, for however many samples
MOST_DRAWN = 200  # samples for each one that meets a condition, before the search is given up


class LatentModel(AdversarialModel):
    """Abstract base of the algorithms whose generator turns latents into samples.

    Args:
        generator: built `keras.Model` from latents (batch, latent_dim), or from latents and int32
            labels (batch,), to samples.
        prior: "normal" or "uniform": what the latents are drawn from.
        num_classes: number of classes if the generator takes labels, else None.
        kind: the `kinds.Kind` of the samples. Defaults to None: images (h, w, c) or vectors (d,),
            by their shape.
        **arguments: those of `AdversarialModel`.
    """

    def __init__(self, generator, *, prior, num_classes, kind=None, **arguments):
        shape = tuple(generator.outputs[0].shape[1:])
        super().__init__(kind=kind or kinds.of_shape(shape), **arguments)
        if prior not in PRIORS:
            raise ValueError(f"Unknown prior '{prior}'.{nearest(prior, PRIORS)}")
        self.generator = generator
        self.prior = prior
        self.num_classes = num_classes
        self.latent_dim = int(generator.inputs[0].shape[-1])
        self.sample_shape = shape
        self.takes_condition = "condition" in roles_of(generator)
        self.moving_average_generator = self.average_of(generator, "moving_average_generator")
        self.keep_judges()

    def generator_networks(self):
        """The generator."""
        return [self.generator]

    def batch_kinds(self):
        """Real samples, and labels if they are used."""
        if self.num_classes is None:
            return {"real": self.kind}
        return {"real": self.kind, "labels": kinds.Labels(num_classes=self.num_classes)}

    def draw(self, batch, random):
        """Latents for each sample of the batch, and what the generator is told of it."""
        drawn = {"latents": self.draw_latents(random, tf.shape(batch["real"])[0])}
        if self.takes_condition:
            drawn["condition"] = self.kind.draw_condition(batch["real"], random)
        return drawn

    def draw_latents(self, random, num, truncation=None):
        """What the generator is fed, in training and in sampling: float32 (num, latent_dim)."""
        return PRIORS[self.prior](random, (num, self.latent_dim), truncation)

    def synthesize(self, batch):
        """One pass of the generator."""
        generator = self.active(self.generator)
        return {"fake": generator(self.inputs_of(batch), training=self.is_training)}

    def inputs_of(self, batch):
        """What the generator takes, out of a batch."""
        return feed(self.generator, batch, ORDER)

    def given(self, batch):
        """What a discriminator may take beside samples: their labels, what is told of them."""
        return {role: batch[role] for role in ("labels", "condition") if role in batch}

    def call(self, inputs, training=False):
        """Samples from latents, or [latents, labels], by the averaged generator if there is one."""
        return (self.moving_average_generator or self.generator)(inputs, training=False)

    def predict(self, x, *arguments, **keywords) -> np.ndarray:
        """As in Keras: samples from latents (num, latent_dim), or from [latents, labels].

        Raises:
            ValueError: `x` holds something else, such as images, or never ends.
        """
        first_batch.check_ends(super().predict, "steps", x, arguments, keywords)
        batch, x = first_batch.of(x)
        first = [] if batch is None or isinstance(batch, dict) else tf.nest.flatten(batch)[:1]
        shapes = [tuple(one.shape[1:]) for one in first if hasattr(one, "shape")]
        if shapes and shapes[0] != (self.latent_dim,):
            raise ValueError(
                f"`predict` makes samples from latents of shape ({self.latent_dim},). Received: "
                f"samples of shape {shapes[0]}. For new samples call `sample(64)`; what a "
                "discriminator thinks of samples of yours, its own `predict` says."
            )
        if first_batch.are_arrays(x) and self.num_classes and len(tf.nest.flatten(x)) == 1:
            raise ValueError(
                f"`predict` of a model of {self.num_classes} classes takes [latents, labels], the "
                "labels (num,) integers. Received: latents alone. Or call "
                "`sample(64, labels=3)`."
            )
        return super().predict(x, *arguments, **keywords)

    def served(self) -> dict[str, keras.Model]:
        """What to export: dict from name to network, averaged where there is an average."""
        return {"generator": self.moving_average_generator or self.generator}

    # ------------------------------------------------------------- sampling

    def latents(self, num, *, seed=None, truncation=None) -> np.ndarray:
        """Latents from the prior.

        Args:
            num: how many.
            seed: integer; the same seed gives the same latents. None for fresh ones.
            truncation: for "normal", the largest absolute value, e.g. 2.0 down to 0.5 (Brock et
                al., 2018, arXiv:1809.11096: better samples, less variety); for "uniform", the
                half-width of the cube, at most 1. None for no truncation.

        Returns:
            float32 array (num, latent_dim).

        Raises:
            ValueError: `truncation` is out of range.
        """
        largest = 1 if self.prior == "uniform" else np.inf
        is_number = isinstance(truncation, numbers.Real)
        if truncation is not None and not (is_number and 0 < truncation <= largest):
            bound = "" if largest == np.inf else f" and at most {largest}"
            raise ValueError(
                f"`truncation` of a {self.prior} prior is positive{bound}, or None for none. "
                f"Received: {truncation!r}."
            )
        check_seed(seed)
        random = RandomStream(np.random.SeedSequence(seed).generate_state(1)[0] >> 1)
        return self.draw_latents(random, num, truncation).numpy()

    def sample(
        self,
        num,
        *,
        labels=None,
        seed=None,
        truncation=None,
        use_moving_average=True,
        batch_size=None,
        where=None,
    ) -> np.ndarray:
        """New samples; training is not disturbed by it.

        Args:
            num: how many.
            labels: for a conditional model, an integer for all or an array (num,); None for the
                classes in turn.
            seed: integer; the same seed gives the same latents. None for fresh ones.
            truncation: as in `latents`; a generator of styles (StyleGAN2) is truncated in w: near
                0 the average image, 1 no truncation, 0.7 usual.
            use_moving_average: sample the averaged generator, if there is one.
            batch_size: how many at a time, which bounds the memory. Defaults to what suits the
                kind: 256 images, 4,096 rows of a table.
            where: what parts of each sample are to be, for a kind that has such: of a table, a dict
                from columns to values, {"sex": "Female", "age": "30..39"}. A generator that takes
                a condition is told; other samples are drawn until enough meet it. Of series, a
                dict from attributes to values, which chooses among the classes.

        Returns:
            float32 array (num, *sample shape), images in [-1, 1]; of a table, int32 (num, columns),
            which `kind.decode` makes values of.

        Raises:
            ValueError: an unknown column or value, or hardly a sample meets `where`.
        """
        validation.check_positive_integers(num=num)
        arguments = {
            "labels": labels,
            "truncation": truncation,
            "use_moving_average": use_moving_average,
            "batch_size": batch_size,
        }
        if where is not None and labels is not None:
            raise ValueError("`labels` and `where` both choose. Leave one out.")
        if where is not None and (wished := self.kind.labels_where(where, num)) is not None:
            labels = wished
        elif where is not None:
            return self._sample_where(num, self.kind.where(where), where, seed, arguments)
        memory.check(
            num * 4 * math.prod(self.sample_shape), f"{num:,} samples", "Ask for fewer at once."
        )
        labels = self._labels(labels, num)
        parts = []
        for index, start in enumerate(range(0, num, most := self._most_at_once())):
            part = slice(start, min(num, start + most))
            own = {**arguments, "labels": None if labels is None else labels[part]}
            parts.append(self._sample(part.stop - start, _seed_of_part(seed, index), **own))
        return np.concatenate(parts)

    def _sample(self, num, seed, *, truncation, condition=None, **arguments):
        """Samples of one draw of latents."""
        styled = has_styles(self.generator)
        return self.decode(
            self.latents(num, seed=seed, truncation=None if styled else truncation),
            truncation=truncation if styled else None,
            condition=condition,
            **arguments,
        )

    def _sample_where(self, num, wanted, wishes, seed, arguments):
        """Samples that meet `wanted`: the generator is told what it can be, the rest is sorted out.

        Args:
            num: how many.
            wanted: what `kind.where` gave.
            wishes: the same in words.
            seed: as in `sample`.
            arguments: of `_sample`.
        """
        condition = wanted.condition() if self.takes_condition else None
        found, num_found, num_drawn = [], 0, 0
        size = min(self._most_at_once(), max(1000, num))
        for index in itertools.count():
            samples = self._sample(
                size, _seed_of_part(seed, index), condition=condition, **arguments
            )
            found.append(samples[wanted.kept(samples)])
            num_found, num_drawn = num_found + len(found[-1]), num_drawn + size
            if num_found >= num:
                return np.concatenate(found)[:num]
            if num_drawn >= MOST_DRAWN * num and num_drawn >= MOST_DRAWN * size // 10:
                words = ", ".join(f"{key}={value}" for key, value in wishes.items())
                raise ValueError(
                    f"Only {num_found} of {num_drawn} rows have {words}, and {num} are wanted. Ask "
                    "for fewer, or for less at once."
                )

    def _most_at_once(self):
        """How many samples one draw of latents is for."""
        return max(1, LARGEST_DRAW // self.latent_dim)

    def decode(
        self,
        latents,
        *,
        labels=None,
        truncation=None,
        use_moving_average=True,
        batch_size=None,
        condition=None,
    ) -> np.ndarray:
        """Samples from given latents (num, latent_dim); arguments as in `sample`.

        `truncation` is that of w, for a generator of styles. `condition` is what a generator that
        takes one is told of all samples, as `kind.where(...).condition()` gives it; None for
        nothing.
        """
        batch_size = self.kind.num_at_once if batch_size is None else batch_size
        validation.check_positive_integers(batch_size=batch_size)
        network = self.generator
        if use_moving_average and self.moving_average_generator is not None:
            network = self.moving_average_generator
        if truncation is not None:
            network = truncated(network, truncation)
        latents = np.asarray(latents, "float32")
        labels = self._labels(labels, len(latents))
        told = self._told(condition, latents)
        run = functools.partial(network, training=False)
        if self.kind.sampled_by_graph and len(latents) > 2 * batch_size:
            run = as_graph(network)
        batches = []
        for start in range(0, len(latents), batch_size):
            part = slice(start, start + batch_size)
            given = {"latents": latents[part]}
            if labels is not None:
                given["labels"] = labels[part]
            if told is not None:
                given["condition"] = told[part]
            inputs = feed(network, given, ORDER)
            made = np.asarray(run(inputs), "float32")
            batches.append(self.kind.from_network(made))
        return np.concatenate(batches)

    def _told(self, condition, latents):
        """What samples of latents (num, latent_dim) are told: (num, numbers), None for nothing.

        Args:
            condition: float32 (numbers,) for all of them, or None.
            latents: theirs.
        """
        if not self.takes_condition:
            return None
        place = roles_of(self.generator).index("condition")
        size = self.generator.inputs[place].shape[-1]
        told = np.zeros(size, "float32") if condition is None else condition
        return np.broadcast_to(np.asarray(told, "float32"), (len(latents), size))

    def fakes(self, num, *, seed=0, real=None, use_moving_average=True) -> Iterator:
        """Samples for scores, a batch at a time: only latents are held for all of them.

        Args:
            num: how many.
            seed: of latents and classes. Defaults to 0.
            real: a `data.Source`, from whose labels a conditional model draws its classes, so that
                both sides have the same share of each. Defaults to None: the classes in turn.
            use_moving_average: sample the averaged generator, if there is one.

        Yields:
            Batches of samples; of a conditional model, pairs (samples, labels).
        """
        latents, classes = self.latents(num, seed=seed), None
        if self.num_classes is not None:
            classes = np.arange(num) % self.num_classes
            if real is not None and real.labels is not None:
                classes = np.random.default_rng(seed).choice(np.asarray(real.labels), num)
        for start in range(0, num, BATCH_SIZE):
            part = slice(start, start + BATCH_SIZE)
            labels = None if classes is None else classes[part]
            samples = self.decode(
                latents[part],
                labels=labels,
                use_moving_average=use_moving_average,
                batch_size=BATCH_SIZE,
            )
            yield samples if classes is None else (samples, labels)

    def picture(
        self, num=None, *, labels=None, seed=None, truncation=None, real=None
    ) -> np.ndarray:
        """One picture of samples, as their kind is looked at.

        Args:
            num: how many. Defaults to what suits the kind: 100 images, 2,000 points.
            labels: class of every sample, or None: one row for each class of a conditional model.
            seed, truncation: as in `sample`.
            real: a `data.Source` or an array of real samples, for kinds that draw both at once; a
                source also tells what the classes are called.

        Returns:
            uint8 array (height, width) or (height, width, channels).
        """
        num, columns = num or self.kind.num_shown, None
        if self.num_classes is not None and labels is None and num >= self.num_classes:
            columns = num // self.num_classes
            num = columns * self.num_classes
            labels = np.repeat(np.arange(self.num_classes), columns)
        samples = self.sample(num, labels=labels, seed=seed, truncation=truncation)
        names = getattr(real, "class_names", None)
        return self.kind.picture(
            samples,
            columns=columns,
            real=self._shown(real, columns),
            class_names=names if names and len(names) == self.num_classes else None,
        )

    def _shown(self, real, columns):
        """Real samples to draw beside others: as many of each class, where those are in rows.

        Args:
            real: a `data.Source`, an array or None.
            columns: how many there are of each class, or None.
        """
        samples, labels = getattr(real, "samples", real), getattr(real, "labels", None)
        if samples is None or labels is None or columns is None:
            return None if samples is None else samples[: self.kind.num_shown]
        places = [np.flatnonzero(labels == label) for label in range(self.num_classes)]
        if not all(map(len, places)):
            return samples[: self.kind.num_shown]
        return samples[np.concatenate([np.resize(own, columns) for own in places])]

    def interpolate(
        self,
        num_steps,
        *,
        start=None,
        end=None,
        labels=None,
        seed=None,
        method=None,
        use_moving_average=True,
    ) -> np.ndarray:
        """Samples along a path between two latents.

        Args:
            num_steps: how many, the two ends among them.
            start, end: latents (latent_dim,); drawn with `seed` where None.
            labels: as in `sample`; None for class 0.
            seed: integer or None.
            method: "spherical" or "linear". Defaults to what suits the prior; see `latents.path`.

        Returns:
            float32 array (num_steps, *sample shape).
        """
        validation.check_positive_integers(num_steps=num_steps)
        between = path(method, self.prior)
        drawn = self.latents(2, seed=seed)
        start = drawn[0] if start is None else np.asarray(start, "float32")
        end = drawn[1] if end is None else np.asarray(end, "float32")
        for name, given in (("start", start), ("end", end)):
            if given.shape != (self.latent_dim,):
                raise ValueError(
                    f"`{name}` is one latent, of shape ({self.latent_dim},). Received: shape "
                    f"{given.shape}."
                )
        points = [between(start, end, position) for position in np.linspace(0, 1, num_steps)]
        labels = 0 if labels is None and self.num_classes is not None else labels
        return self.decode(np.stack(points), labels=labels, use_moving_average=use_moving_average)

    def _labels(self, labels, num):
        if self.num_classes is None:
            if labels is not None:
                raise ValueError("The model is not conditional: it takes no `labels`.")
            return None
        if labels is None:
            return (np.arange(num) % self.num_classes).astype("int32")
        labels = np.asarray(labels)
        self.batch_kinds()["labels"].check_batch(np.atleast_1d(labels), "`labels`")
        if labels.ndim == 1 and len(labels) != num:
            raise ValueError(f"{num} samples want {num} labels. Received: {len(labels)}")
        return np.broadcast_to(labels, (num,)).astype("int32")


@functools.lru_cache(maxsize=1)  # many samples are several draws, each of which asks for it
def as_graph(network):
    """A function like a network in inference, traced once for any number of samples."""
    specs = [tf.TensorSpec((None, *one.shape[1:]), one.dtype) for one in network.inputs]
    is_alone = len(specs) == 1

    @tf.function(input_signature=[specs[0] if is_alone else specs])
    def run(inputs):
        return network(inputs, training=False)

    return run


def _seed_of_part(seed, index):
    """The seed of one of several draws: the first has the seed itself."""
    if seed is None or index == 0:
        return seed
    return int(np.random.SeedSequence((seed, index)).generate_state(1)[0])
