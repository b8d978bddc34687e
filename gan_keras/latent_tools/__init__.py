"""What a trained generator's latents can do: functions of a model that give arrays of samples.

attribution  is an image a sample of this generator? a p-value
film         a walk through several samples and back, frame by frame
inversion    the latents whose sample is nearest to a given image
targets      such images, from files or a data set
pictures     arrays of samples in rows, as pictures
sefa         directions of largest change, read off the weights
truncation   the same latents, pulled ever closer to the middle
"""

from gan_keras.latent_tools.attribution import Attribution, attribute
from gan_keras.latent_tools.film import film
from gan_keras.latent_tools.inversion import Inversion, invert
from gan_keras.latent_tools.sefa import directions, travel
from gan_keras.latent_tools.truncation import truncation_sweep

__all__ = [
    "Attribution",
    "Inversion",
    "attribute",
    "directions",
    "film",
    "invert",
    "travel",
    "truncation_sweep",
]
