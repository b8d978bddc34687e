"""Write the reference numbers that the metric tests compare with.

    python -m venv ref && ref/bin/pip install torch torchvision torch-fidelity prdc scipy
    ref/bin/python -m benchmarks.making.reference_fixtures

Writes tests/metrics/reference.json (scores of torch-fidelity, prdc and scipy on seeded features),
inception_taps.npz (every tapped layer of torch-fidelity's extractor with seeded random weights) and
two tiny .pth files in tests/pretrained, so that no test needs PyTorch.
"""

import argparse
import contextlib
import io
import json
import os
import sys
import tempfile

import numpy as np

from benchmarks.pages import report

FOLDER = str(report.ROOT / "tests" / "metrics")
PRETRAINED = str(report.ROOT / "tests" / "pretrained")
sys.path.insert(0, FOLDER)

import reference_inputs  # noqa: E402  (found only now)

TAPS = ["64", "192", "768", "2048", "logits_unbiased", "logits"]


def scores():
    import prdc
    import scipy.linalg
    import torch
    from torch_fidelity import metric_fid, metric_isc, metric_kid, metric_prc

    real, fake = reference_inputs.features()
    logits = torch.from_numpy(reference_inputs.logits())
    a, b = torch.from_numpy(real), torch.from_numpy(fake)
    moments = [metric_fid.fid_features_to_statistics(x) for x in (a, b)]
    root = scipy.linalg.sqrtm(moments[0]["sigma"] @ moments[1]["sigma"]).real
    step = moments[0]["mu"] - moments[1]["mu"]
    with contextlib.redirect_stdout(io.StringIO()):
        peers = {k: prdc.compute_prdc(real, fake, nearest_k=k) for k in (3, 5)}
    options = {"verbose": False}
    return {
        "frechet_torch_fidelity": metric_fid.fid_statistics_to_metric(*moments, False),
        "frechet_scipy": float(
            step @ step + np.trace(moments[0]["sigma"] + moments[1]["sigma"]) - 2 * np.trace(root)
        ),
        "kernel": metric_kid.kid_features_to_metric(
            b, a, kid_subsets=20, kid_subset_size=100, rng_seed=2020, **options
        ),
        "inception_score": metric_isc.isc_features_to_metric(logits, 10, True, 2020),
        "inception_score_unshuffled": metric_isc.isc_features_to_metric(logits, 3, False),
        "precision_recall": metric_prc.prc_features_to_metric(b, a, prc_neighborhood=3, **options),
        "prdc": {k: {n: float(v) for n, v in peer.items()} for k, peer in peers.items()},
    }


def inception_taps():
    import torch
    from torch_fidelity.feature_extractor_inceptionv3 import FeatureExtractorInceptionV3

    skeleton = FeatureExtractorInceptionV3.__new__(FeatureExtractorInceptionV3)
    shapes = {}
    original = torch.nn.Module.load_state_dict

    def note(module, state, *rest, **options):
        own = module.state_dict()
        shapes.update({name: tuple(tensor.shape) for name, tensor in own.items()})
        for name, tensor in own.items():
            if tensor.ndim:
                own[name] = torch.from_numpy(reference_inputs.weight(name, tuple(tensor.shape)))
        return original(module, own, *rest, **options)

    with tempfile.NamedTemporaryFile(suffix=".pth") as file:
        torch.save({}, file.name)
        torch.nn.Module.load_state_dict = note
        try:
            skeleton.__init__("inception", TAPS, feature_extractor_weights_path=file.name)
        finally:
            torch.nn.Module.load_state_dict = original
    arrays = {}
    for size in reference_inputs.IMAGE_SIZES:
        images = torch.from_numpy(reference_inputs.images(size).transpose(0, 3, 1, 2).copy())
        for tap, values in zip(TAPS, skeleton(images), strict=True):
            arrays[f"{size[0]}x{size[1]}/{tap}"] = values.numpy()
    shapes = {name: shape for name, shape in shapes.items() if shape}
    np.savez_compressed(
        os.path.join(FOLDER, "inception_taps.npz"), shapes=np.array(json.dumps(shapes)), **arrays
    )


def tiny_files():
    import torch

    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    state = torch.nn.Linear(2, 3).state_dict()
    state["weight"] = base[1:3, ::2].t()  # a view: offset and strides, rows in another order
    state["bias"] = torch.tensor([0.5, -1.5, 2.5], dtype=torch.float64)
    state["steps"] = torch.tensor(7)
    state["half"] = torch.tensor([1.5, -0.25], dtype=torch.float16)
    torch.save(state, os.path.join(PRETRAINED, "tiny_zipped.pth"))
    path = os.path.join(PRETRAINED, "tiny_plain.pth")
    torch.save(state, path, _use_new_zipfile_serialization=False)


def main():
    argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0]).parse_args()
    with open(os.path.join(FOLDER, "reference.json"), "w") as file:
        file.write(json.dumps(scores(), indent=2) + "\n")
    tiny_files()
    inception_taps()


if __name__ == "__main__":
    main()
