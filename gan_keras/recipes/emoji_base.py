"""What the translators of 64-pixel emoji share, for a CPU and minutes."""

from typing import Any

# Falls to a fiftieth over all epochs, so that the last pictures settle.
ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 5e-4, "alpha": 0.02},
    "beta_1": 0.5,
    "beta_2": 0.999,
}

SHARED: dict[str, Any] = {
    "data": "fluent_emoji",
    "network": {"generator": "unet", "discriminator": "patchgan"},
    # Half of the papers' widths. A patch of two layers has 34 of the 64 pixels; three would see the
    # whole picture.
    "generator": {"width": 32},
    "discriminator": {"width": 32, "num_layers": 2, "conditional": True},
    "loss": "least_squares",
    "moving_average": {"half_life": 2_000},  # images: one and a half passes over the data
    "generator_optimizer": ADAM,
    "discriminator_optimizer": ADAM,
    "batch_size": 8,
    "epochs": 8,
}
