"""MoCoGAN: videos before two discriminators (Tulyakov et al., 2018, arXiv:1707.04993)."""

import copy

import tensorflow as tf

from gan_keras import kinds
from gan_keras.models import validation
from gan_keras.models.judge import Judge
from gan_keras.models.latent import LatentModel
from gan_keras.serialization import register


@register
class MoCoGAN(LatentModel):
    """A GAN of videos with two judges: one of whole clips, one of single frames.

    The judge of clips sees the motion, and what stays the same; that of frames sees a few of each,
    drawn at random, and need not know of time (section 3.2 of the paper, equation 3):

    L = L_clips(clip) + frame_weight * L_frames(some frames of it).

    Any generator of clips will do: `networks.mocogan`, which has codes of content and of motion, or
    `networks.video`. In the logs, terms of the frames' judge begin with "frame_".

    Args:
        generator: latents, and labels if conditional, to clips (batch, t, h, w, c) in [-1, 1].
        discriminator: of clips, to logits.
        frame_discriminator: of images (batch, h, w, c), to logits.
        kind: the `kinds.Videos` of the data.
        loss: a `losses.Loss` or its name, of both. Defaults to "non_saturating", the paper's.
        penalties: list of `penalties.Penalty` objects or names, of both discriminators.
        num_frames: how many frames are drawn of each clip, with replacement. Defaults to 2; the
            paper's is 1.
        frame_weight: of the frames' terms. Defaults to 1, the paper's.
        prior: "normal" or "uniform", what latents are drawn from.
        num_classes: number of classes of a conditional model, else None.
        moving_average: a `MovingAverage`, a half-life in clips, or None.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other or the kind, a negative weight, or no frames.

    Example:
        source = gan_keras.data.source("moving_garments")
        model = gan_keras.recipes.get("moving_garments").build(source)
        model.fit(source.batches(16), epochs=1)
        model.kind.write(pathlib.Path("clips.gif"), model.sample(9))
    """

    def __init__(
        self,
        generator,
        discriminator,
        frame_discriminator,
        *,
        kind,
        loss="non_saturating",
        penalties=(),
        num_frames=2,
        frame_weight=1.0,
        prior="normal",
        num_classes=None,
        moving_average=None,
        seed=0,
        name=None,
    ):
        if not isinstance(kind, kinds.Videos):
            raise ValueError(
                f"MoCoGAN makes videos, but the data are {kind.name}. Take another algorithm."
            )
        validation.check_weights(frame_weight=frame_weight)
        validation.check_positive_integers(num_frames=num_frames)
        validation.check_fit(generator, discriminator)
        for network in (discriminator, frame_discriminator):
            validation.check_conditioning(generator, network, num_classes)
        taken = tuple(frame_discriminator.inputs[0].shape[1:])
        if taken != kind.shape[1:]:
            raise ValueError(
                f"`frame_discriminator` takes images of shape {taken}, but frames have "
                f"{kind.shape[1:]}. Build it by networks.video.frame_discriminator."
            )
        clips = Judge(discriminator, loss=loss, penalties=penalties)
        # What a penalty keeps from step to step is of one discriminator alone: hence copies.
        others = [copy.copy(penalty) for penalty in clips.penalties]
        frames = Judge(frame_discriminator, loss=loss, penalties=others, prefix="frame_")
        super().__init__(
            generator,
            judges=[clips, frames],
            prior=prior,
            num_classes=num_classes,
            kind=kind,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.discriminator, self.frame_discriminator = discriminator, frame_discriminator
        self.adversarial_loss, self.penalties = clips.loss, clips.penalties
        self.judge, self.frame_judge = clips, frames
        self.num_frames, self.frame_weight = num_frames, frame_weight

    def draw(self, batch, random):
        """As in `LatentModel`, and which frames of each clip are judged: int32 (batch, num_frames).

        Those of the real and of the fake clip in one place of the batch are the same.
        """
        shape = (tf.shape(batch["real"])[0], self.num_frames)
        return {**super().draw(batch, random), "frames": random.integers(shape, self.kind.shape[0])}

    def discriminator_losses(self, batch, synthesized):
        """Both discriminators' terms, those of frames by their weight."""
        terms = {}
        for judge, given, real, fake, weight in self._sides(batch, synthesized):
            found = judge.discriminator_losses(judge.critic(given), real, fake)
            terms |= {name: weight * term for name, term in found.items()}
        return terms

    def generator_losses(self, batch, synthesized):
        """The same through the discriminators, which keep their state."""
        terms = {}
        for judge, given, real, fake, weight in self._sides(batch, synthesized):
            found = judge.generator_losses(judge.critic_held(given), real, fake)
            terms |= {name: weight * term for name, term in found.items()}
        return terms

    def _sides(self, batch, synthesized):
        """For each judge: itself, what it is given, what is real, what is fake, and its weight."""
        given, places = self.given(batch), batch["frames"]
        real, fake = batch["real"], synthesized["fake"]
        of_frames = {role: tf.repeat(told, self.num_frames, axis=0) for role, told in given.items()}
        return (
            (self.judge, given, real, fake, 1.0),
            (
                self.frame_judge,
                of_frames,
                picked(real, places),
                picked(fake, places),
                self.frame_weight,
            ),
        )


def picked(clips, places):
    """Some frames of each clip.

    Args:
        clips: (batch, t, h, w, c).
        places: int32 (batch, k).

    Returns:
        (batch * k, h, w, c), those of one clip one after the other.
    """
    frames = tf.gather(clips, places, batch_dims=1)
    return tf.reshape(frames, (-1, *clips.shape[2:]))
