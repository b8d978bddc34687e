"""Which algorithms translate. Imports nothing, so that a page can ask without TensorFlow."""

ALGORITHMS = ("pix2pix", "cyclegan", "cut")


def is_translator(settings):
    """Whether the settings of a recipe, a dict, are those of a translator.

    A run of 0.1.0 names no algorithm, and has none of these.
    """
    return settings.get("algorithm") in ALGORITHMS
