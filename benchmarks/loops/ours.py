"""`GAN.fit` on a configuration of `configurations`, with gan_keras's own networks."""

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as gan_keras does, before TensorFlow comes

import keras
import tensorflow as tf

import gan_keras
from benchmarks.loops import flops, keras_networks
from benchmarks.loops.blocks import Blocks
from benchmarks.loops.configurations import CONFIGURATIONS, R1_INTERVAL
from gan_keras import layers, penalties
from gan_keras.networks import dcgan, resnet


def networks_of(name, configuration):
    """The generator and the discriminator; those of the tutorial with our batch norm."""
    shape, latent_dim = configuration.image_shape, configuration.latent_dim
    if name == "tutorial":
        return [
            keras_networks.build(configuration, role, layers.BatchNorm)
            for role in ("generator", "discriminator")
        ]
    if name == "sngan":
        return resnet.generator(shape, latent_dim), resnet.discriminator(
            shape, widths=(64, 64), num_last_blocks=2
        )
    return dcgan.generator(shape, latent_dim, widths=(128, 64, 32)), dcgan.discriminator(
        shape, widths=(32, 64, 128)
    )


def model_of(name, *, r1=True, r1_interval=R1_INTERVAL, **compile_arguments):
    """The compiled GAN of a configuration."""
    configuration = CONFIGURATIONS[name]
    terms = []
    if configuration.r1 and r1:
        terms.append(penalties.R1(weight=configuration.r1, interval=r1_interval))
    if configuration.gradient_penalty:
        terms.append(penalties.GradientPenalty(weight=configuration.gradient_penalty))
    gan = gan_keras.GAN(
        *networks_of(name, configuration),
        loss=configuration.loss,
        penalties=terms,
        moving_average=configuration.half_life,
    )
    adam = {
        "class_name": "Adam",
        "config": {
            "learning_rate": configuration.learning_rate,
            "beta_1": configuration.beta_1,
            "beta_2": configuration.beta_2,
        },
    }
    compile_arguments["discriminator_steps"] = configuration.discriminator_steps
    gan.compile(adam, adam, **compile_arguments)
    return gan


def heavy_operations_of(name, **arguments):
    """Convolutions and matrix products of one training step; see `flops.heavy_operations`."""
    configuration, gan = CONFIGURATIONS[name], model_of(name, **arguments)
    num_images = configuration.batch_size * configuration.discriminator_steps
    step = tf.function(gan.train_step, autograph=False).get_concrete_function(
        tf.TensorSpec((num_images, *configuration.image_shape))
    )
    return flops.heavy_operations(step)


def flops_of_step(name):
    """Floating-point operations of one step: a lazy penalty counts at its share of the steps."""
    without = flops.total(heavy_operations_of(name, r1=False))
    if not CONFIGURATIONS[name].r1:
        return without
    with_r1 = flops.total(heavy_operations_of(name, r1_interval=1))
    return without + (with_r1 - without) / R1_INTERVAL


def run(name, path, precision="float32", **compile_arguments):
    """Waits for commands, block after block."""
    keras.config.set_dtype_policy(precision)
    configuration = CONFIGURATIONS[name]
    gan = model_of(name, **compile_arguments)
    blocks = Blocks(
        {
            "weights": keras_networks.num_weights(gan.generator, gan.discriminator),
            "flops": flops_of_step(name),
            "version": gan_keras.__version__,
        }
    )

    def after_step(batch, logs):
        for _ in range(gan.steps_per_execution):
            blocks.done()

    timed = keras.callbacks.LambdaCallback(on_train_batch_end=after_step)
    dataset = gan_keras.data.source(path).batches(
        configuration.batch_size * configuration.discriminator_steps, repeat=True
    )
    gan.fit(dataset, steps_per_epoch=2**30, verbose=0, callbacks=[timed])
