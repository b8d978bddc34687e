"""What a penalty sees of the discriminator: images in, logits out, everything else bound."""

import tensorflow as tf


class Critic:
    """The discriminator during one update, with labels, augmentation and randomness already bound.

    It remembers its passes: a penalty that wants input gradients at images which the loss has
    scored already (R1 at the real ones) differentiates that pass and pays for none of its own.

    Args:
        score: function from float32 samples (batch, ...) to float32 logits (batch, ...), a list of
            them (one of each scale), or a tuple (logits, what else the discriminator says).
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

    def beside(self, images):
        """What the discriminator said of `images` beside logits, in the pass that is kept."""
        return self._scored(images)[3]

    def gradients(self, images):
        """Gradient of each image's own logit with respect to it: float32, shaped as `images`.

        The sum of the logits is differentiated, unscaled and in float32, so the discriminator must
        not mix images (batch norm, minibatch statistics).
        """
        tape, logits, watched, _ = self._scored(images)
        return tf.cast(tape.gradient(logits, watched), tf.float32)

    def _scored(self, images):
        key = id(images)
        if key not in self._passes:
            with tf.GradientTape(persistent=True) as tape:
                tape.watch(images)
                said = self.score(images)
                logits, beside = said if isinstance(said, tuple) else (said, ())
            self._passes[key] = (tape, logits, images, beside)
        return self._passes[key]
