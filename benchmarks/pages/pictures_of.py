"""Which picture in docs/ shows what a recipe makes."""

ROWS = {  # of recipes whose picture has another name
    "fashion_mnist_dcgan": "default",
    "fashion_mnist_conditional": "by_class",
    "fashion_mnist_ada": "few_ada",
    "fashion_mnist_diffaugment": "few_diffaugment",
    "fashion_mnist_lecam": "few_lecam",
    "fashion_mnist_consistency": "few_consistency",
    "photos": "photos_noto_32",
    "table": "page_table",
}
ALIKE = (
    *("projection", "concatenation", "acgan", "minimax", "non_saturating", "least_squares"),
    *("relativistic_average", "r3gan", "hinge_sn", "dragan", "wgan", "wgan_gp", "infogan"),
    *("stylegan2", "sagan", "biggan", "pacgan", "top_k", "feature_matching"),
    *("historical_averaging", "ssgan", "began", "adversarial_autoencoder", "vae_gan", "few"),
)
TRANSLATORS = (
    *("emoji_pix2pix", "emoji_flat_to_render", "emoji_cyclegan", "emoji_cut"),
    *("emoji_colorization", "emoji_super_resolution", "garments_inpainting"),
    "label_map_synthesis",
)
NAMES = {
    **{name: f"pictures/{picture}.png" for name, picture in ROWS.items()},
    **{f"fashion_mnist_{name}": f"pictures/{name}.png" for name in ALIKE},
    **{name: f"pictures/{name}.png" for name in TRANSLATORS},
    "series": "images/series.png",
    "splice_junctions": "images/genes.png",
    "spoken_digits": "pictures/page_sounds.png",
    "moving_garments": "images/video_moving_garments.png",
}
"""Recipe: its picture, from docs/ on."""
