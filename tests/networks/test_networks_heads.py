"""New ends on a discriminator: spectrally normalised where it is, plain where it is not."""

import keras
import numpy as np
import pytest

from gan_keras.layers import SpectralNorm
from gan_keras.networks import dcgan, heads, resnet

SHAPE = (8, 8, 1)
BUILDERS = {
    "plain": lambda: dcgan.discriminator(SHAPE, widths=(4,)),
    "spectral": lambda: dcgan.discriminator(SHAPE, widths=(4,), normalization="spectral"),
    "spectral_blocks": lambda: resnet.discriminator(SHAPE, widths=(4,)),
}
ENDS = {
    "class_logits": lambda like: heads.classifier(like, 3),
    "latent_features": lambda like: heads.joint(like, 2, width=5),
    "pair_features": lambda like: heads.joint(like, 2, width=5),
    "pair_logits": lambda like: heads.joint(like, 2, width=5),
}


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("end", ENDS)
def test_what_judges_has_spectral_norm_if_the_discriminator_has(kind, end):
    keras.utils.set_random_seed(0)
    layer = ENDS[end](BUILDERS[kind]()).get_layer(end)
    if kind == "plain":
        assert type(layer) is keras.layers.Dense
    else:
        assert type(layer) is SpectralNorm
        norm = np.linalg.norm(layer.layer.kernel.numpy(), 2)
        assert float(layer.sigma()) == pytest.approx(norm, rel=0.05)
