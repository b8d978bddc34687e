"""The benchmark of a graphics card, on the CPU with tiny networks."""

import pytest

from benchmarks.speed import gpu

CASE = {"recipe": "cifar10_sngan", "precision": "tf32", "xla": True, "times": 1}


def test_every_recipe_has_every_precision_with_and_without_xla():
    found = gpu.cases()
    assert len({tuple(case.values()) for case in found}) == len(found)
    for recipe in gpu.SHAPES:
        own = [case for case in found if case["recipe"] == recipe]
        assert {(case["precision"], case["xla"]) for case in own if case["times"] == 1} == {
            (precision, xla) for precision in gpu.PRECISIONS for xla in (False, True)
        }
        assert {case["times"] for case in own} == set(gpu.BATCHES)


def test_page():
    row = {
        **CASE,
        **{"batch_size": 64, "images_per_second": 12_345.6, "share_of_time_handing_out": 0.25},
        **{"input_images_per_second": 90_000, "seconds_to_the_first_steps": 31.4},
        "peak_megabytes": 812,
    }
    result = {
        "device": {"name": "A card", "cuda": "12.5"},
        "machine": {"processor": "A processor", "threads": 16, "date": "2026-01-01"},
        "rows": [row, {**CASE, "times": 8, "failed": "ResourceExhaustedError: OOM | 8"}],
        "left_out": [{**CASE, "recipe": "pix2pix", "xla": False}],
    }
    page = gpu.page(result)
    assert "A card (CUDA 12.5); A processor, 16 threads" in page
    assert "| tf32, XLA | 64 | 12,346 | 0.25 | 90,000 | 31 | 812 |" in page
    assert "| tf32, XLA | x 8 | ResourceExhaustedError: OOM / 8 |  |" in page
    assert "did not suffice for: pix2pix tf32, batch x 1." in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("recipe", "changes"),
    [
        (
            "fashion_mnist_dcgan",
            {"generator.widths": (8, 4), "discriminator.widths": (4, 8), "batch_size": 4},
        ),
        ("pix2pix", {"generator.width": 2, "discriminator.width": 2}),
    ],
)
def test_a_case_is_measured_and_one_that_fails_says_so(recipe, changes):
    case = {"recipe": recipe, "precision": "float32", "xla": False, "times": 1}
    wanted = [case, {**case, "precision": "float8"}]
    good, bad = gpu.rows_of(wanted=wanted, seconds=0.01, until=1e12, changes=changes)
    assert good["images_per_second"] > 0
    assert good["images_per_second_without_fit"] > 0
    assert 0 < good["share_of_time_handing_out"] <= 1
    assert good["losses_finite"]
    assert good["peak_megabytes"] is None or good["peak_megabytes"] > 0
    assert bad["failed"].startswith("ValueError: `precision` is one of")
    assert gpu.rows_of(wanted=wanted, seconds=0.01, until=0.0) == []
