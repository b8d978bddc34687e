"""What a penalty sees of the discriminator: images in, logits out, everything else bound."""

import tensorflow as tf


class Critic:
    """The discriminator during one update, with labels, augmentation and randomness already bound.

    It remembers its passes: a penalty that wants input gradients at images which the loss has
    scored already (R1 at the real ones) differentiates that pass and pays for none of its own.

    Args:
        score: function from float32 images (batch, h, w, c) to float32 logits (batch, ...).
        random: the model's `RandomStream`, for penalties that draw numbers.
        features: in the generator's update, a function from images to the discriminator's inner
            features (batch, ...).
        inputs: in the generator's update, what the generator took: latents, or [latents, labels].
    """

    def __init__(self, score, random, *, features=None, inputs=None):
        self.score = score
        self.random = random
        self.features = features
        self.inputs = inputs
        self._passes = {}

    def __call__(self, images):
        """Logits of `images`; the pass is kept for `gradients`."""
        return self._scored(images)[1]

    def gradients(self, images):
        """Gradient of each image's own logit with respect to it: float32, shaped as `images`.

        The sum of the logits is differentiated, unscaled and in float32, so the discriminator must
        not mix images (batch norm, minibatch statistics).
        """
        tape, logits, watched = self._scored(images)
        return tf.cast(tape.gradient(logits, watched), tf.float32)

    def _scored(self, images):
        key = id(images)
        if key not in self._passes:
            with tf.GradientTape(persistent=True) as tape:
                tape.watch(images)
                logits = self.score(images)
            self._passes[key] = (tape, logits, images)
        return self._passes[key]
