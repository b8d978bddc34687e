"""The throughput of the loops: medians and ratios by hand, with PyTorch and without."""

import pytest

from benchmarks.loops.configurations import CONFIGURATIONS
from benchmarks.speed import throughput

MACHINE = {"processor": "one", "threads": 2, "date": "today", "load_at_start": 0.0}
SECONDS = {  # CPU seconds of three blocks of eight steps
    "ours": [1.0, 2.0, 4.0],
    "keras_io": [2.0, 4.0, 8.0],
    "tutorial": [1.5, 3.0, 6.0],
    "torch": [4.0, 8.0, 16.0],
    "torch_fast": [1.25, 1.6, 8.0],
    "ours_bfloat16": [0.5, 1.0, 2.0],
    "tutorial_bfloat16": [1.0, 2.0, 4.0],
    "torch_bfloat16": [0.6, 1.2, 0.9],
}
REACHED = [{"convolution": 128e9, "matmul": 1e9}] * 3


def result(names):
    blocks = {
        name: [{"cpu_seconds": one, "wall_seconds": one / 2} for one in SECONDS[name]]
        for name in names
    }
    steps = dict.fromkeys(names, 8)
    return throughput.summary(CONFIGURATIONS["dcgan"], steps, blocks, REACHED, flops=32e9)


def test_medians_and_ratios_of_neighbouring_blocks():
    """Eight steps of 64 images in two seconds; 256 images of half a billion operations each."""
    found = result(SECONDS)
    assert found["images_per_cpu_second"]["ours"] == 256
    assert found["images_per_second"]["ours"] == 512
    assert found["fastest_peer"] == "torch_fast"  # 320 a second in the median, which is above ours
    ratios = found["ratio_to_each_peer"]
    assert ratios["ours"]["torch_fast"] == 1.25  # 1.25, .8 and 2
    assert ratios["ours"]["keras_io"] == 2
    assert ratios["ours_bfloat16"]["ours"] == 2
    assert ratios["ours_bfloat16"]["torch_bfloat16"] == pytest.approx(1.2)  # 1.2, 1.2 and .45
    assert found["share_of_limit"] == 1.0
    lines = throughput.lines_of(MACHINE, {"dcgan": found})
    single, half = (line for line in lines if "(batch 64)" in line)
    cells = [cell.strip() for cell in single.split("|")]
    assert cells[2:] == ["256", "128", "171", "64", "320", "1.25", "128 of 128", "1.00", ""]
    cells = [cell.strip() for cell in half.split("|")]
    assert cells[2:] == ["512", "256", "569", "2.50", "1.20", "2.00", ""]


def test_without_pytorch_its_columns_stay_empty():
    found = result([name for name in SECONDS if "torch" not in name])
    assert found["fastest_peer"] == "tutorial"
    lines = throughput.lines_of(MACHINE, {"dcgan": found})
    single, half = (line for line in lines if "(batch 64)" in line)
    assert [cell.strip() for cell in single.split("|")][2:8] == [
        "256",
        "128",
        "171",
        "",
        "",
        "1.50",
    ]
    assert [cell.strip() for cell in half.split("|")][2:7] == ["512", "256", "", "3.00", ""]


def test_loops_of_different_networks_are_not_compared():
    with pytest.raises(ValueError, match="train different networks"):
        throughput.check_equal({"ours": [1, 2], "torch": [1, 3]})
