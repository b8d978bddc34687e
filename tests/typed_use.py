"""What a type checker and an editor know of the public interface. mypy reads it, nobody runs it.

A name that is not seen for what it is could not stand in an annotation here.
"""

import typing

import keras
import numpy as np

import gan_keras
from gan_keras import (
    callbacks,
    data,
    kinds,
    latent_tools,
    losses,
    metrics,
    networks,
    penalties,
    recipes,
)

gan: gan_keras.GAN
judge: gan_keras.Judge
translators: list[type[gan_keras.Pix2Pix] | type[gan_keras.CycleGAN] | type[gan_keras.CUT]]
average: gan_keras.MovingAverage = gan_keras.MovingAverage(half_life=1_000)
loss: losses.Loss = losses.Hinge()
penalty: penalties.Penalty = penalties.R1(weight=0.3, interval=8)
kind: kinds.Kind = kinds.Images(shape=(28, 28, 1))
score: metrics.Score
source: data.Source
recipe: recipes.Recipe = recipes.Recipe(name="mine", summary="my own", epochs=3)
early: callbacks.KeepBest


def returned(gan: gan_keras.GAN) -> None:
    """`assert_type` fails where nothing is said of what comes back."""
    typing.assert_type(gan.sample(4), np.ndarray)
    typing.assert_type(gan.interpolate(4), np.ndarray)
    typing.assert_type(data.source("ring"), data.Source)
    typing.assert_type(recipes.get("ring").with_settings({}), recipes.Recipe)
    typing.assert_type(metrics.evaluate(gan, "ring"), list[metrics.Score])
    typing.assert_type(data.source("ring").fingerprint, str)
    typing.assert_type(latent_tools.invert(gan, gan.sample(1)), latent_tools.Inversion)
    typing.assert_type(networks.lama.generator(), keras.Model)
