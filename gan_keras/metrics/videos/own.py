"""Scores that some clips alone have, since more is known of them."""

from gan_keras.metrics import moving_garments

# By what a `data.Source` calls its `own_scores`.
OWN = {"moving_garments": moving_garments.METRICS}
