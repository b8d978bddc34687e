"""One-sided unpaired translation (CUT: Park et al., 2020, arXiv:2007.15651)."""

import tensorflow as tf

from gan_keras.losses.patch_nce import PatchNCE
from gan_keras.models import validation
from gan_keras.models.judge import Judge
from gan_keras.models.translation import TranslationModel, refuse_latents
from gan_keras.networks import resnet_translator
from gan_keras.serialization import register


@register
class CUT(TranslationModel):
    """A translator without pairs and without a way back: each patch must know its own place.

    Half the networks of CycleGAN, and no image has to be got back to the pixel. With h the
    generator's own encoder followed by a small head, a patch of G(x) must be nearer, in h, to the
    same patch of x than to other patches of x: the PatchNCE loss, mean over five layers.

    g_loss = adversarial(G(x)) + nce_weight * NCE(x, G(x)); with `identity`, the mean of that NCE
    and of NCE(y, G(y)) (equation 5). FastCUT is nce_weight=10, identity=False,
    flip_equivariance=True.

    Args:
        generator: a built `networks.resnet_translator.generator`.
        discriminator: built `keras.Model`: samples to logits, or a list of them.
        head: a built `networks.projection_head` for the generator's features, which plays on its
            side; see `make_head`.
        loss: a `losses.Loss` or its name. Defaults to "least_squares", the authors'.
        nce_weight: lambda. Defaults to 1.
        identity: whether real samples shall keep their patches, too. Defaults to True.
        flip_equivariance: whether half of the inputs are translated mirrored, and compared as they
            were. Defaults to False.
        num_patches: of each layer and image, drawn anew each step. Defaults to 256.
        temperature: of the PatchNCE loss. Defaults to 0.07.
        penalties: list of `penalties.Penalty` objects or names.
        crop: a `augment.PairedCrop` for training, or None.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        kind, input_kind: the `kinds.Kind` of samples and inputs. Default to None: images.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, or a number out of range.

    Example:
        from gan_keras.networks import patchgan, resnet_translator
        generator = resnet_translator.generator()
        head = models.cut.make_head(generator)
        model = models.CUT(generator, patchgan.discriminator(num_layers=2), head)
        model.compile()
        model.fit(dataset, epochs=1)  # of (inputs, samples), or {"input": ..., "real": ...}
    """

    def __init__(
        self,
        generator,
        discriminator,
        head,
        *,
        loss="least_squares",
        nce_weight=1.0,
        identity=True,
        flip_equivariance=False,
        num_patches=256,
        temperature=0.07,
        penalties=(),
        crop=None,
        moving_average=None,
        kind=None,
        input_kind=None,
        seed=0,
        name=None,
    ):
        validation.check_weights(nce_weight=nce_weight)
        validation.check_positive_integers(num_patches=num_patches)
        validation.check_translator(generator, discriminator)
        refuse_latents(generator, "generator")
        encoder = resnet_translator.features(generator)
        check_head(head, encoder)
        if identity and generator.inputs[0].shape[1:] != generator.outputs[0].shape[1:]:
            raise ValueError(
                "With `identity` the generator is given samples, too, but it takes "
                f"{tuple(generator.inputs[0].shape[1:])} and gives "
                f"{tuple(generator.outputs[0].shape[1:])}. Set identity=False."
            )
        judge = Judge(discriminator, loss=loss, penalties=penalties, scales=True)
        super().__init__(
            generator,
            judges=[judge],
            generator_terms=("nce", "identity_nce") if identity else ("nce",),
            kind=kind,
            input_kind=input_kind,
            crop=crop,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.judge = judge
        self.head = head
        self.nce_weight = nce_weight
        self.identity = identity
        self.flip_equivariance = flip_equivariance
        self.num_patches = num_patches
        self.temperature = temperature
        self.patch_nce = PatchNCE(temperature=temperature)

    def generator_networks(self):
        """The generator and the head that reads its features."""
        return [self.generator, self.head]

    def draw(self, batch, random):
        """For each layer which patches to compare, and which inputs are mirrored."""
        found = super().draw(batch, random)
        batch = {**batch, **found}
        num = batch["real"].shape[0] or tf.shape(batch["real"])[0]
        # By the batch: a generator that takes any size says no size of its features.
        maps = self._encoder().compute_output_shape(tuple(batch["input"].shape))
        for index, (_, height, width, _) in enumerate(maps):
            places = height * width
            order = tf.argsort(random.uniform((num, places)), axis=-1)
            found[f"places_{index}"] = order[:, : self.num_patches]
        if self.flip_equivariance:
            found["flips"] = random.uniform((num,)) < 0.5
        return found

    def synthesize(self, batch):
        """G(x), and G(y) where real samples shall keep their patches."""
        generator, inputs = self.active(self.generator), batch["input"]
        if self.flip_equivariance:
            inputs = mirrored(inputs, batch["flips"])
        found = {"fake": self.run(generator, {"input": inputs})}
        if self.identity:
            found["idle"] = self.run(generator, {"input": batch["real"]})
        return found

    def discriminator_losses(self, batch, synthesized):
        """Real samples against translations."""
        critic = self.judge.critic()
        return self.judge.discriminator_losses(critic, batch["real"], synthesized["fake"])

    def generator_losses(self, batch, synthesized):
        """Taken for real, with each patch in its place."""
        critic, fake = self.judge.critic_held(), synthesized["fake"]
        terms = self.judge.generator_losses(critic, batch["real"], fake)
        share = 0.5 if self.identity else 1.0
        flips = batch.get("flips")
        terms["nce"] = share * self._nce(batch, batch["input"], fake, flips)
        if self.identity:
            terms["identity_nce"] = share * self._nce(batch, batch["real"], synthesized["idle"])
        return terms

    def _nce(self, batch, given, made, flips=None):
        """nce_weight times the mean over layers of the PatchNCE of `made` against `given`."""
        keys, queries = self._vectors(batch, given), self._vectors(batch, made, flips)
        layers = [self.patch_nce(q, k) for q, k in zip(queries, keys, strict=True)]
        return self.nce_weight * tf.add_n(layers) / len(layers)

    def _vectors(self, batch, images, flips=None):
        """For each layer the head's vectors of the drawn patches: (batch, patches, width)."""
        maps = self._encoder()(images, training=self.is_training)
        patches = []
        for index, features in enumerate(maps):
            if flips is not None:
                features = mirrored(features, flips)
            shape = tf.shape(features)
            rows = tf.reshape(features, (shape[0], -1, features.shape[-1]))
            patches.append(tf.gather(rows, batch[f"places_{index}"], batch_dims=1))
        return self.head(patches, training=self.is_training)

    def _encoder(self):
        return resnet_translator.features(self.active(self.generator))


def mirrored(maps, flips):
    """Left and right exchanged, in those maps (batch, h, w, c) that `flips` (batch,) names."""
    return tf.where(flips[:, None, None, None], maps[:, :, ::-1], maps)


def make_head(generator, *, width=256):
    """The head that suits a `resnet_translator.generator`: Park et al.'s F."""
    from gan_keras.networks.projection_head import projection_head

    encoder = resnet_translator.features(generator)
    return projection_head([int(output.shape[-1]) for output in encoder.outputs], width=width)


def check_head(head, encoder):
    """Raises ValueError unless the head reads the channels of the encoder's maps."""
    expected = [output.shape[-1] for output in encoder.outputs]
    taken = [tensor.shape[-1] for tensor in head.inputs]
    if expected != taken:
        raise ValueError(
            f"`head` reads features of {taken} channels, but the generator's have {expected}. "
            "Build it with `models.cut.make_head(generator)`."
        )
