"""A loss and a penalty of your own, without touching the package.

    python examples/custom_loss.py                     # the bundled garments, no network needed

The loss is Jensen-Shannon's with a margin on the logits; the penalty keeps real logits near zero.
Registered, keyword-only dataclasses: saved with the model, loaded with it.
"""

import argparse
import dataclasses
from typing import ClassVar

import keras
import tensorflow as tf

import gan_keras
from gan_keras.losses import Loss
from gan_keras.networks import dcgan
from gan_keras.penalties import Penalty

DATA = "fashion_mnist_10k"
EPOCHS = 10
BATCH_SIZE = 64
SEED = 0


@keras.saving.register_keras_serializable(package="examples")
@dataclasses.dataclass(kw_only=True)
class MarginLoss(Loss):
    """softplus(margin - real) + softplus(margin + fake); the generator: softplus(-fake)."""

    name: ClassVar[str] = "margin"
    margin: float = 0.5

    def discriminator(self, real_logits, fake_logits):
        return tf.reduce_mean(tf.nn.softplus(self.margin - real_logits)) + tf.reduce_mean(
            tf.nn.softplus(self.margin + fake_logits)
        )

    def generator(self, real_logits, fake_logits):
        return tf.reduce_mean(tf.nn.softplus(-fake_logits))


@keras.saving.register_keras_serializable(package="examples")
@dataclasses.dataclass(kw_only=True)
class Drift(Penalty):
    """weight * mean(D(real)^2): logits don't wander off (Karras et al., 2018, appendix A.1)."""

    name: ClassVar[str] = "drift"
    weight: float = 1e-3

    def compute(self, critic, real, fake):
        return self.weight * tf.reduce_mean(tf.square(critic(real)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="data set or folder of images")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="custom_loss", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    dataset = gan_keras.data.load(arguments.data, batch_size=BATCH_SIZE, seed=SEED, labels=False)
    image_shape = tuple(dataset.element_spec.shape[1:])
    gan = gan_keras.GAN(
        dcgan.generator(image_shape),
        dcgan.discriminator(image_shape),
        loss=MarginLoss(margin=0.5),
        penalties=[Drift(weight=1e-3)],
        seed=SEED,
    )
    gan.compile(keras.optimizers.Adam(2e-4, beta_1=0.5), keras.optimizers.Adam(2e-4, beta_1=0.5))
    epochs = 1 if arguments.steps else EPOCHS
    gan.fit(dataset, epochs=epochs, steps_per_epoch=arguments.steps)
    gan.save(f"{arguments.out}.keras")  # or "hf://you/garments": Keras saves to the Hub itself


if __name__ == "__main__":
    main()
