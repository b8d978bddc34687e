"""Weights of the algorithms where nothing is said: those of their papers."""

import inspect

import pytest

from gan_keras import models
from gan_keras.models.moving_average import MovingAverage

OF_THE_PAPER = {
    # L_S + L_C, without weights (section 3)
    models.ACGAN: {
        "real_class_weight": 1.0, "fake_class_weight": 1.0, "generator_class_weight": 1.0,
    },
    models.InfoGAN: {"information_weight": 1.0, "categories": (10,), "num_continuous": 2},
    # beta = 1, alpha = 0.2 (section 4.1)
    models.SSGAN: {"rotation_weight": 1.0, "generator_rotation_weight": 0.2},
    # gamma in [0.3, 0.7], lambda = 0.001 (sections 3.3 and 4.1)
    models.BEGAN: {"diversity": 0.5, "balance_rate": 0.001, "prior": "uniform"},
    models.AdversarialAutoencoder: {"reconstruction_weight": 10.0},  # ours
    models.VAEGAN: {"similarity_weight": 0.1},  # ours
    # StyleGAN2-ADA's ramp
    MovingAverage: {"ramp_up": 0.05},
}  # fmt: skip


@pytest.mark.parametrize("model", OF_THE_PAPER, ids=lambda model: model.__name__)
def test_defaults(model):
    parameters = inspect.signature(model).parameters
    found = {name: parameters[name].default for name in OF_THE_PAPER[model]}
    assert found == OF_THE_PAPER[model]
