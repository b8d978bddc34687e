"""Networks that come trained: their structure, and their weights from an installed package.

efficientnet_lite   ImageNet features and logits, for scores and for perceptual distances
torch_file          tensors of a PyTorch file, without PyTorch and without unpickling
"""

from gan_keras.pretrained import efficientnet_lite, torch_file

__all__ = ["efficientnet_lite", "torch_file"]
