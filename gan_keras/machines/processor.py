"""The processor: what Linux says of it, and whether it computes with bfloat16."""

import pathlib
import re

CPUINFO = pathlib.Path("/proc/cpuinfo")
BFLOAT16 = {"avx512_bf16", "amx_bf16"}  # instructions that oneDNN has convolutions for


def facts():
    """What Linux says of a processor, as a dict of texts; an empty one on other systems."""
    try:
        information = CPUINFO.read_text(encoding="utf-8")
    except OSError:
        return {}
    return dict(re.findall(r"^([^\t\n]+?)\s*: (.+)$", information, re.M))


def flags():
    """What it can do: a set of Linux's words, "avx512f" among them."""
    return set(facts().get("flags", "").split())


def has_bfloat16():
    """Whether it multiplies bfloat16 by instructions of its own."""
    return not BFLOAT16.isdisjoint(flags())
