"""Layers that Keras lacks. Each file holds one.

batch_norm   batch normalisation, fused on one device, synchronised over several
label_map    a class label as extra image channels, for conditioning by concatenation
"""

from gan_keras.layers.batch_norm import BatchNorm
from gan_keras.layers.label_map import LabelMap

__all__ = ["BatchNorm", "LabelMap"]
