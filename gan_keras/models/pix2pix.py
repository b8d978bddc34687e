"""Paired translation (pix2pix: Isola et al., 2017, arXiv:1611.07004), and all that is like it."""

from gan_keras import corruptions as corruption_table
from gan_keras import distances as distance_table
from gan_keras.models import validation
from gan_keras.models.judge import Judge
from gan_keras.models.translation import TranslationModel
from gan_keras.networks import patchgan
from gan_keras.serialization import register


@register
class Pix2Pix(TranslationModel):
    """A translator that learns from pairs: this input, that sample.

    Its arguments make of it what other papers name: SPADE (label maps in, a SPADE generator, hinge,
    feature matching), inpainting (a mask for `corruption`), super-resolution (SRGAN, ESRGAN:
    `corruption=Downsample()`, a discriminator of samples alone), colourisation
    (`corruption=Grey()`) and a vocoder (HiFi-GAN: waves, `corruption=Mel()`, distances of mel
    spectrograms and of features).

    g_loss = adversarial_weight * adversarial + the distances of fake i to real i, with their
    weights; d_loss = adversarial + penalties. Where the discriminator has an input named "input",
    it judges pairs, else samples alone. (The paper halves d_loss, which Adam does not feel.)

    Args:
        generator: built `keras.Model`: "input" (batch, h, w, c), and perhaps "latents", to samples.
        discriminator: built `keras.Model`: "sample", and perhaps "input", to logits, or to a list
            of them, one for each scale.
        distances: list of `distances.Distance` objects or names. Defaults to 100 times L1, the
            paper's.
        corruption: a `corruptions.Corruption` or its name, which makes the inputs of the samples:
            then data need no pairs. Defaults to None.
        crop: a `augment.PairedCrop` for training, or None.
        loss: a `losses.Loss` or its name. Defaults to "non_saturating", the paper's.
        adversarial_weight: of the generator's adversarial term. Defaults to 1; SRGAN's 0.001; 0
            leaves the distances alone.
        known_is_real: of inpainting, whether the logits of a translation's known pixels have real
            as their target, so that the discriminator looks for the hole alone, as in LaMa
            (Suvorov et al., 2022, arXiv:2109.07161, section 2.3.2). Defaults to False.
        penalties: list of `penalties.Penalty` objects or names, by the sample's gradient.
        augment: a `gan_keras.augment.Augment` for what the discriminator sees of samples, or None.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        kind, input_kind: the `kinds.Kind` of samples and inputs. Default to None: images; of
            inputs, what the corruption says.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, the corruption, or the distances.

    Example:
        from gan_keras.networks import patchgan, unet
        judge = patchgan.discriminator((64, 64, 3), input_shape=(64, 64, 1), num_layers=2)
        model = models.Pix2Pix(unet.generator((64, 64, 1), (64, 64, 3)), judge)
        model.compile()
        model.fit(gan_keras.data.load("fluent_emoji", batch_size=8), epochs=1)
        renders = model.translate(drawings)
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        distances=None,
        corruption=None,
        crop=None,
        loss="non_saturating",
        adversarial_weight=1.0,
        known_is_real=False,
        penalties=(),
        augment=None,
        moving_average=None,
        kind=None,
        input_kind=None,
        seed=0,
        name=None,
    ):
        if not adversarial_weight >= 0:
            raise ValueError(
                f"`adversarial_weight` must be at least 0. Received: {adversarial_weight}."
            )
        validation.check_translator(generator, discriminator)
        distances = distance_table.get_all(
            [distance_table.L1(weight=100.0)] if distances is None else distances
        )
        features = None
        if any(distance.needs_features for distance in distances):
            features = patchgan.with_features(discriminator)
        judge = Judge(
            discriminator,
            loss=loss,
            penalties=penalties,
            augment=augment,
            scales=True,
            features=features,
        )
        super().__init__(
            generator,
            judges=[judge],
            generator_terms=[distance.name for distance in distances],
            kind=kind,
            input_kind=input_kind,
            corruption=corruption_table.get(corruption),
            crop=crop,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        if known_is_real:
            check_known(judge, self.corruption)
        self.judge = judge
        self.distances = distances
        self.adversarial_weight = adversarial_weight
        self.known_is_real = known_is_real

    def discriminator_losses(self, batch, synthesized):
        """Telling real samples from translations, each beside its input."""
        critic = self.judge.critic(self.given(batch))
        known = 1.0 - batch["mask"] if self.known_is_real else None
        return self.judge.discriminator_losses(critic, batch["real"], synthesized["fake"], known)

    def generator_losses(self, batch, synthesized):
        """Taken for real, and near to what was wanted."""
        real, fake = batch["real"], synthesized["fake"]
        critic = self.judge.critic_held(self.given(batch))
        terms = self.judge.generator_losses(critic, real, fake)
        terms["adversarial"] *= self.adversarial_weight
        for distance in self.distances:
            pair = (real, fake)
            if distance.needs_features and self.augment is None:
                pair = [critic.beside(images) for images in pair]
            elif distance.needs_features:  # an augmentation would move the two apart
                pair = [self.judge.maps_held(images, self.given(batch)) for images in pair]
            terms[distance.name] = distance(*pair, batch.get("mask"))
        return terms


def check_known(judge, corruption):
    """Raises ValueError unless a judge can be told which pixels of a fake are known."""
    if corruption is None or "mask" not in corruption.roles:
        raise ValueError(
            "`known_is_real` is for inpainting, whose corruption says which pixels are known. Set "
            "corruption='box_mask' or 'stroke_mask', or leave it out."
        )
    if not judge.loss.takes_known:
        raise ValueError(
            f"Loss '{judge.loss.name}' takes no fakes that are partly real. Take 'non_saturating', "
            "or leave `known_is_real` out."
        )
    if judge.augment is not None:
        raise ValueError(
            "An augmentation moves pixels, and `known_is_real` would no longer know which are "
            "known. Leave one of the two out."
        )
    if any(len(output.shape) != 4 for output in judge.network.outputs):
        raise ValueError(
            "`known_is_real` wants a logit for each patch. Received: a discriminator with one for "
            "the whole image. Take one of networks/patchgan.py."
        )
