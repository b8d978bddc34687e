"""Two garments that move by a known law: MoCoGAN with the loss of R3GAN, and layers that move."""

from gan_keras.recipes import videos

RECIPE = videos.RECIPE.with_settings(
    {
        "name": "moving_garments",
        "summary": "clips of two garments that move and bounce, 16 frames of 28x28; bundled",
        # What keeps its shape is drawn once for a clip: cheaper, and better in each score
        "network": "layered",
        "generator": {"content_dim": 64, "units": 64, "widths": (128, 64), "mapping": 128},
        "epochs": 78,  # of 125 steps, 0.12 CPU seconds each: 20 minutes
    }
)
