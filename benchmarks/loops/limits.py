"""What this machine can reach: convolutions and a matrix product of good shapes, each alone."""

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # before TensorFlow is imported

import tensorflow as tf

from benchmarks.loops import flops
from benchmarks.loops.blocks import Blocks


def _all_three(size, channels, filters, kernel_size, strides=1, batch=64):
    """A convolution, and its gradients with respect to the images and to the kernel."""
    images = (batch, size, size, channels)
    kernel = (kernel_size, kernel_size, channels, filters)
    maps = (batch, size // strides, size // strides, filters)
    return [
        (kind, images, kernel, maps, (1, strides, strides, 1), "SAME")
        for kind in flops.CONVOLUTIONS
    ]


CANDIDATES = {
    "convolution": [
        *_all_three(16, 64, 64, 3),
        *_all_three(14, 128, 128, 3),
        *_all_three(14, 128, 256, 5, 2),
        *_all_three(28, 64, 128, 5, 2),
    ],
    "matmul": [("MatMul", (1024, 1024), (1024, 1024), False, False)],
}
BLOCK_SECONDS = 0.06


def run():
    """Waits for commands, block after block."""
    runners = {
        name: [(flops.flops_of(key), flops.runner(key)) for key in keys]
        for name, keys in CANDIDATES.items()
    }
    blocks = Blocks({"version": tf.__version__})
    while True:
        blocks.answer_block(
            {
                name: max(
                    number / flops.cpu_seconds_alone(run, BLOCK_SECONDS) for number, run in pairs
                )
                for name, pairs in runners.items()
            }
        )
