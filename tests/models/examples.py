"""One tiny example of every listed algorithm, for the contract that all must keep."""

import keras
import numpy as np
import tensorflow as tf

import gan_keras
from gan_keras import augment, corruptions, distances, kinds, models, networks, penalties
from gan_keras.networks import dcgan, heads, mlp, patchgan, resnet_translator, table_mlp, unet

SHAPE = (8, 8, 1)
# Not the papers' deviation of 0.02: instance norm of maps near 0 would magnify what rounding adds.
START = "glorot_uniform"


def gan(**arguments):
    """A GAN with a penalty of each kind of pass, clipping, a moving average and batch norm."""
    keras.utils.set_random_seed(3)
    model = gan_keras.GAN(
        dcgan.generator(SHAPE, 4, widths=(6, 4)),
        dcgan.discriminator(SHAPE, widths=(4,)),
        penalties=[penalties.GradientPenalty(weight=1.0), penalties.R1(weight=0.5, interval=2)],
        moving_average=gan_keras.MovingAverage(half_life=30),
        seed=7,
        **arguments,
    )
    return model


def acgan(**arguments):
    """An AC-GAN of three classes, with a penalty on its first output and an augmentation."""
    keras.utils.set_random_seed(3)
    parts = {
        "generator": dcgan.generator(SHAPE, 4, widths=(4,), num_classes=3, embedding_dim=2),
        "discriminator": heads.classifier(dcgan.discriminator(SHAPE, widths=(4,)), 3),
        "num_classes": 3,
        "penalties": ["r1"],
        "loss": "relativistic_average",
        "augment": augment.DiffAugment(policies=("brightness", "flip")),
        "seed": 7,
    }
    return models.ACGAN(**{**parts, **arguments})


def infogan(**arguments):
    """An InfoGAN with a code of each kind, whose recogniser reads the discriminator's features."""
    keras.utils.set_random_seed(3)
    discriminator = heads.with_features(dcgan.discriminator(SHAPE, widths=(4,)))
    parts = {
        "generator": dcgan.generator(SHAPE, 6, widths=(4,)),
        "discriminator": discriminator,
        "recognizer": heads.reader(discriminator, 4, width=5),
        "categories": (3,),
        "num_continuous": 1,
        "moving_average": 30,
        "seed": 7,
    }
    return models.InfoGAN(**{**parts, **arguments})


def ssgan(**arguments):
    """An SSGAN with a relativistic loss."""
    keras.utils.set_random_seed(3)
    parts = {
        "generator": dcgan.generator(SHAPE, 4, widths=(4,)),
        "discriminator": heads.classifier(dcgan.discriminator(SHAPE, widths=(4,)), 4),
        "loss": "relativistic_paired",
        "seed": 7,
    }
    return models.SSGAN(**{**parts, **arguments})


def began(**arguments):
    """A BEGAN whose balance moves fast, from where it is not held at 0."""
    keras.utils.set_random_seed(3)
    generator = dcgan.generator(SHAPE, 4, widths=(4,), normalization=None)
    like = dcgan.discriminator(SHAPE, widths=(4,))
    parts = {
        "generator": generator,
        "discriminator": heads.autoencoder(like, generator),
        "balance_rate": 0.3,
        "seed": 7,
    }
    model = models.BEGAN(**{**parts, **arguments})
    model.balance.assign(0.5)
    return model


def bigan(**arguments):
    """A BiGAN with batch norm in the generator and an average of both its networks."""
    keras.utils.set_random_seed(3)
    like = dcgan.discriminator(SHAPE, widths=(4,))
    parts = {
        "generator": dcgan.generator(SHAPE, 4, widths=(4,)),
        "encoder": heads.encoder(like, 4),
        "discriminator": heads.joint(like, 4, width=5),
        "penalties": ["r1"],
        "moving_average": 30,
        "seed": 7,
    }
    return models.BiGAN(**{**parts, **arguments})


def adversarial_autoencoder(**arguments):
    """An autoencoder with Gaussian codes and a penalty on the discriminator of codes."""
    keras.utils.set_random_seed(3)
    parts = {
        "generator": dcgan.generator(SHAPE, 4, widths=(4,)),
        "encoder": heads.encoder(dcgan.discriminator(SHAPE, widths=(4,)), 8),
        "discriminator": mlp.discriminator((4,), widths=(5,)),
        "penalties": ["gradient_penalty"],
        "seed": 7,
    }
    return models.AdversarialAutoencoder(**{**parts, **arguments})


def vae_gan(**arguments):
    """A VAE-GAN that measures likeness in the discriminator's only convolution."""
    keras.utils.set_random_seed(3)
    like = dcgan.discriminator(SHAPE, widths=(4,))
    parts = {
        "generator": dcgan.generator(SHAPE, 4, widths=(4,)),
        "encoder": heads.encoder(like, 8),
        "discriminator": heads.with_features(like),
        "similarity_weight": 0.1,
        "penalties": ["r1"],
        "seed": 7,
    }
    return models.VAEGAN(**{**parts, **arguments})


COLUMNS = (
    {"name": "job", "type": "category", "values": ["cook", "clerk", "smith"]},
    {"name": "gain", "type": "number", "values": [0.0], "edges": [1.0, 5.0, 9.0], "missing": ""},
    {"name": "old", "type": "boolean", "values": ["no", "yes"]},
)


def table(**arguments):
    """A GAN of rows of a table that is told some columns, as the recipe `table` has it."""
    keras.utils.set_random_seed(3)
    kind = kinds.Table(columns=list(COLUMNS))
    size = kind.network_arguments()["condition_size"]
    parts = {
        "generator": table_mlp.generator(
            kind.shape, 4, blocks=kind.blocks, width=8, num_blocks=1, condition_size=size
        ),
        "discriminator": table_mlp.discriminator(
            kind.shape, width=8, num_blocks=1, condition_size=size
        ),
        "loss": "relativistic_paired",
        "penalties": [penalties.R1(weight=0.3, interval=2), penalties.R2(weight=0.3, interval=2)],
        "moving_average": 30,
        "kind": kind,
        "seed": 7,
    }
    return gan_keras.GAN(**{**parts, **arguments})


def sequence(**arguments):
    """A GAN of sequences of a class that it is told, as the recipe `splice_junctions` has it."""
    keras.utils.set_random_seed(3)
    kind = kinds.Tokens(vocabulary="ACGT", length=6)
    narrow = {"width": 5, "num_blocks": 1, "num_classes": 3}
    parts = {
        "generator": networks.sequence.generator(kind.shape, 4, **narrow),
        "discriminator": networks.sequence.discriminator(kind.shape, **narrow),
        "num_classes": 3,
        "loss": "relativistic_paired",
        "penalties": [penalties.R1(weight=0.3, interval=2), penalties.R2(weight=0.3, interval=2)],
        "moving_average": 30,
        "kind": kind,
        "seed": 7,
    }
    return gan_keras.GAN(**{**parts, **arguments})


def sequence_gan(**arguments):
    """Lines of a class that is told: a batch by likelihood, then policy gradient with both."""
    keras.utils.set_random_seed(3)
    kind = kinds.Tokens(vocabulary="ACGT-", length=4, pad="-")
    pad = {"pad": 4, "num_classes": 3}
    parts = {
        "generator": networks.autoregressive.generator(kind.shape, units=4, embedding_dim=3, **pad),
        "discriminator": networks.autoregressive.discriminator(
            kind.shape, width=4, num_blocks=1, **pad
        ),
        "num_classes": 3,
        "pretraining": 8,
        "likelihood_weight": 0.5,
        "penalties": [penalties.R1(weight=0.3, interval=2)],
        "moving_average": 30,
        "kind": kind,
        "seed": 7,
    }
    return models.SequenceGAN(**{**parts, **arguments})


def series(**arguments):
    """A GAN of series of a class that it is told, as the recipe `series` has it."""
    keras.utils.set_random_seed(3)
    rain = {"name": "rain", "values": [0.0, 1.0], "places": [-0.5, 0.9], "exact": True}
    warmth = {"name": "temp", "values": [0.0, 90.0], "places": [-2.5, 2.5]}
    kind = kinds.Signals(shape=(6, 2), channels=[rain, warmth])
    narrow = {"width": 5, "num_blocks": 1, "num_classes": 3}
    told = kind.network_arguments()
    parts = {
        "generator": networks.series.generator(
            kind.shape, 4, num_doublings=1, step_noise=2, levels=told["levels"], **narrow
        ),
        "discriminator": networks.series.discriminator(
            kind.shape, changes=told["changes"], group_size=2, **narrow
        ),  # a group lies within the share of a replica
        "num_classes": 3,
        "loss": "relativistic_paired",
        "penalties": [penalties.R1(weight=0.3, interval=2), penalties.R2(weight=0.3, interval=2)],
        "moving_average": 30,
        "kind": kind,
        "seed": 7,
    }
    return gan_keras.GAN(**{**parts, **arguments})


def doppelganger(**arguments):
    """A DoppelGANger of series of a class that it is told, two steps at a time of five."""
    kind = series().kind
    kind = kinds.Signals(shape=(5, 2), channels=kind.channels)
    keras.utils.set_random_seed(3)
    small = {"noise_dim": 2, "units": 3, "limit_units": 4, "steps_at_once": 2}
    narrow = {"units": 4, "num_layers": 1, "num_classes": 3}
    parts = {
        "generator": networks.doppelganger.generator(kind.shape, **small, num_classes=3),
        "discriminator": networks.doppelganger.discriminator(kind.shape, **narrow),
        "auxiliary": networks.doppelganger.auxiliary(kind.shape, **narrow),
        "num_classes": 3,
        "moving_average": 30,
        "kind": kind,
        "seed": 7,
    }
    return models.DoppelGANger(**{**parts, **arguments})


def mocogan(**arguments):
    """A MoCoGAN of clips of a class that it is told, of which two frames are judged."""
    keras.utils.set_random_seed(3)
    kind = kinds.Videos(shape=(4, *SHAPE))
    judge = networks.mocogan.discriminator(kind.shape, widths=(3,), num_classes=3)
    small = {"content_dim": 3, "noise_dim": 2, "units": 3, "motion_dim": 2, "widths": (4,)}
    parts = {
        "generator": networks.mocogan.generator(kind.shape, **small, num_classes=3),
        "discriminator": judge,
        "frame_discriminator": networks.video.frame_discriminator(judge, num_classes=3),
        "num_classes": 3,
        "loss": "relativistic_paired",
        "penalties": [penalties.R1(weight=0.3, interval=2)],
        "moving_average": 30,
        "kind": kind,
        "seed": 7,
    }
    return models.MoCoGAN(**{**parts, **arguments})


MODES = {"weights": [0.5, 0.5], "means": [0.0, 9.0], "stds": [1.0, 2.0], "low": -4.0, "high": 17.0}


def ctgan(**arguments):
    """A CTGAN that judges pairs of rows, without dropout, which each replica would draw alike."""
    keras.utils.set_random_seed(3)
    job, _, old = COLUMNS
    columns = [job, {"name": "gain", "type": "number", **MODES}, old]
    kind = kinds.ModeTable(columns=columns, frequencies=[[3, 2, 1], [1, 1]])
    of_kind = kind.network_arguments()
    parts = {
        "generator": networks.ctgan.generator(kind.shape, 4, widths=(8, 8), **of_kind),
        "discriminator": networks.ctgan.discriminator(
            (2 * kind.shape[0],), widths=(8,), dropout=0.0, packing=2, condition_size=5
        ),
        "packing": 2,
        "moving_average": 30,
        "kind": kind,
        "seed": 7,
    }
    return models.CTGAN(**{**parts, **arguments})


def pix2pix(**arguments):
    """A Pix2Pix that judges pairs at two scales, matches features, and crops both of a pair."""
    keras.utils.set_random_seed(3)
    shape = (16, 16, 1)
    parts = {
        "generator": unet.generator(shape, shape, width=2, num_levels=2, initializer=START),
        "discriminator": patchgan.discriminator(
            shape, input_shape=shape, width=2, num_layers=1, num_scales=2, initializer=START
        ),
        "distances": [distances.L1(weight=2.0), distances.FeatureDistance(weight=0.5)],
        "loss": "least_squares",
        "penalties": ["r1"],
        "crop": augment.PairedCrop(size=16),
        "moving_average": 30,
        "seed": 7,
    }
    return models.Pix2Pix(**{**parts, **arguments})


def inpainting(**arguments):
    """A Pix2Pix that fills holes, with a weight of its own for what they hold."""
    keras.utils.set_random_seed(3)
    parts = {
        "generator": unet.generator((8, 8, 2), SHAPE, width=2, num_levels=2, initializer=START),
        "discriminator": patchgan.discriminator(SHAPE, width=2, num_layers=1, initializer=START),
        "distances": [distances.L1(known_weight=2.0, missing_weight=0.5)],
        "corruption": corruptions.BoxMask(number=(1, 2), side=(0.3, 0.6)),
        "loss": "relativistic_average",
        "adversarial_weight": 0.1,
        "seed": 7,
    }
    return models.Pix2Pix(**{**parts, **arguments})


def cyclegan(**arguments):
    """A CycleGAN with a pool that is full, and gives old fakes, from the second step on."""
    keras.utils.set_random_seed(3)
    there, back = (
        unet.generator(SHAPE, SHAPE, width=2, num_levels=2, initializer=START) for _ in range(2)
    )
    of_samples, of_inputs = (
        patchgan.discriminator(SHAPE, width=2, num_layers=1, initializer=START) for _ in range(2)
    )
    parts = {"pool_size": 5, "moving_average": 30, "penalties": ["lecam"], "seed": 7}
    return models.CycleGAN(there, back, of_samples, of_inputs, **{**parts, **arguments})


def cut(**arguments):
    """A CUT that mirrors half of the inputs, with a moving average."""
    keras.utils.set_random_seed(3)
    generator = resnet_translator.generator(SHAPE, SHAPE, width=2, num_blocks=1, initializer=START)
    parts = {
        "generator": generator,
        "discriminator": patchgan.discriminator(SHAPE, width=2, num_layers=1, initializer=START),
        "head": models.cut.make_head(generator, width=3),
        "flip_equivariance": True,
        "num_patches": 6,
        "moving_average": 30,
        "seed": 7,
    }
    return models.CUT(**{**parts, **arguments})


OF_ANOTHER_NAME = {
    "inpainting": "pix2pix",
    "sequence": "gan",
    "series": "gan",
    "table": "gan",
}  # second examples of one algorithm
EXAMPLES = {
    "acgan": acgan,
    "adversarial_autoencoder": adversarial_autoencoder,
    "began": began,
    "bigan": bigan,
    "ctgan": ctgan,
    "cut": cut,
    "cyclegan": cyclegan,
    "doppelganger": doppelganger,
    "gan": gan,
    "infogan": infogan,
    "inpainting": inpainting,
    "mocogan": mocogan,
    "pix2pix": pix2pix,
    "sequence": sequence,
    "sequence_gan": sequence_gan,
    "series": series,
    "ssgan": ssgan,
    "table": table,
    "vae_gan": vae_gan,
}


def optimizers():
    """Small steps for both, so that rounding does not grow over three of them."""
    return {
        "generator_optimizer": keras.optimizers.SGD(0.05, global_clipnorm=0.5),
        "discriminator_optimizer": keras.optimizers.SGD(0.05, clipnorm=0.3),
    }


def dataset(num_batches=3, batch_size=8, labels=True):
    """Images (and labels) in [-1, 1]: the same every time."""
    random = np.random.default_rng(1)
    images = random.uniform(-1, 1, (num_batches * batch_size, *SHAPE)).astype("float32")
    classes = random.integers(0, 3, len(images)).astype("int32")
    data = (images, classes) if labels else images
    return tf.data.Dataset.from_tensor_slices(data).batch(batch_size, drop_remainder=True)


def data_for(model, num_batches=3, batch_size=8):
    """Batches of what a model learns from: images, rows, sequences, series, pairs."""
    random, num = np.random.default_rng(1), num_batches * batch_size
    if isinstance(model.kind, kinds.Tokens):
        length, symbols = model.kind.shape
        rows = random.integers(0, symbols, (num, length), "int32")
        rows = (rows, random.integers(0, 3, num, "int32"))
        return tf.data.Dataset.from_tensor_slices(rows).batch(batch_size, drop_remainder=True)
    if isinstance(model.kind, kinds.Signals):
        rows = model.kind.from_network(random.normal(size=(num, *model.kind.shape)))
        rows = (rows, random.integers(0, 3, num, "int32"))
        return tf.data.Dataset.from_tensor_slices(rows).batch(batch_size, drop_remainder=True)
    if isinstance(model.kind, kinds.Videos):
        rows = random.uniform(-1, 1, (num, *model.kind.shape)).astype("float32")
        rows = (rows, random.integers(0, 3, num, "int32"))
        return tf.data.Dataset.from_tensor_slices(rows).batch(batch_size, drop_remainder=True)
    if isinstance(model.kind, kinds.Tabular):
        rows = random.integers(0, model.kind.blocks, (num, len(model.kind.blocks)), "int32")
        if isinstance(model, models.CTGAN):
            places = random.uniform(-0.9, 0.9, (num, len(model.kind.numeric)))
            rows = np.concatenate([rows, places], axis=1).astype("float32")
            rows = {"real": rows, "column": random.integers(0, 2, num, "int32")}
        return tf.data.Dataset.from_tensor_slices(rows).batch(batch_size, drop_remainder=True)
    if not isinstance(model, models.TranslationModel):
        return dataset(num_batches, batch_size)
    rows = {}
    for role, kind in model.batch_kinds().items():
        height, width, channels = kind.shape
        shape = (num, height or 20, width or 20, channels)  # of any size: larger than the crop
        rows[role] = random.uniform(-1, 1, shape).astype("float32")
    return tf.data.Dataset.from_tensor_slices(rows).batch(batch_size, drop_remainder=True)


def weights(model):
    """All weights as arrays, also under a strategy."""
    return [np.array(variable.numpy()) for variable in model.weights]


def largest_difference(one, other):
    """Largest absolute difference between two lists of weights."""
    return max(np.abs(a - b).max() for a, b in zip(one, other, strict=True))
