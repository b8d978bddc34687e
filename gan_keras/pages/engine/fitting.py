"""How many bits a page's weights get: 16, or 12 where the file would be too large for a mail."""

import numpy as np

LIMIT = 9_900_000  # bytes of all weights in the page; its text comes to that
ONE_LEVEL = 2 / 255  # of a sample in [-1, 1]


def fitted(chains, probes, limit=LIMIT):
    """Networks for the JSON of a page.

    12 bits are taken only if all weights together would pass the limit, and only of a chain whose
    samples then stay within one level of 255: it is run with either, on probes.

    Args:
        chains: list of lists of `graph.Graph`; each network of a list is given what the one before
            it makes.
        probes: for each chain, a list of dicts from the name of an input of its first network to an
            array with a batch of one.
        limit: bytes.

    Returns:
        list of lists of dicts; see `graph.Graph.as_json`.
    """
    found = [[network.as_json(16) for network in chain] for chain in chains]
    if sum(len(network["weights"]) for chain in found for network in chain) <= limit:
        return found
    for number, (chain, given) in enumerate(zip(chains, probes, strict=True)):
        if apart(chain, given, 12) < ONE_LEVEL:
            found[number] = [network.as_json(12) for network in chain]
    return found


def apart(chain, probes, bits):
    """float: the largest difference that rounding weights makes to samples."""
    return max(np.abs(made(chain, probe, bits) - made(chain, probe)).max() for probe in probes)


def made(chain, probe, bits=None):
    """float32 array: what a chain makes of a probe; `bits` as in `graph.Graph.run`."""
    first, *others = chain
    found = first.run(probe, bits)
    for network in others:
        (name,) = network.names
        found = network.run({name: found}, bits)
    return found
