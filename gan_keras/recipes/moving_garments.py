"""Two garments that move by a known law: MoCoGAN with the loss of R3GAN."""

from gan_keras.recipes import videos

RECIPE = videos.RECIPE.with_settings(
    {
        "name": "moving_garments",
        "summary": "clips of two garments that move and bounce, 16 frames of 28x28; bundled",
    }
)
