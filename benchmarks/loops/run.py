"""Runs one loop, in blocks of steps that its standard input asks for: see `worker` and `blocks`.

python -m benchmarks.loops.run LOOP CONFIGURATION IMAGES.npy [--settings JSON]
python -m benchmarks.loops.run translator_ours --pairs PAIRS.npz --settings JSON
python -m benchmarks.loops.run ctgan_ours --settings JSON
"""

import argparse
import json

from benchmarks.loops.configurations import CONFIGURATIONS


def ours(arguments):
    from benchmarks.loops import ours

    ours.run(arguments.configuration, arguments.images, **arguments.settings)


def peers_keras_io(arguments):
    from benchmarks.loops import peers_keras_io

    peers_keras_io.run(
        CONFIGURATIONS[arguments.configuration], arguments.images, **arguments.settings
    )


def peers_tf_loop(arguments):
    from benchmarks.loops import peers_tf_loop

    peers_tf_loop.run(
        CONFIGURATIONS[arguments.configuration], arguments.images, **arguments.settings
    )


def peers_torch(arguments):
    from benchmarks.loops import peers_torch

    peers_torch.run(CONFIGURATIONS[arguments.configuration], arguments.images, **arguments.settings)


def translator_ours(arguments):
    from benchmarks.loops import translator_ours

    translator_ours.run(arguments.pairs, arguments.settings)


def translator_torch(arguments):
    from benchmarks.loops import translator_torch

    translator_torch.run(arguments.pairs, arguments.settings)


def ctgan_ours(arguments):
    from benchmarks.loops import ctgan_ours

    ctgan_ours.run(arguments.settings)


def ctgan_peer(arguments):
    from benchmarks.loops import ctgan_peer

    ctgan_peer.run(arguments.settings)


def limits(arguments):
    from benchmarks.loops import limits

    limits.run()


GAMES = (ours, peers_keras_io, peers_tf_loop, peers_torch)
OTHERS = (translator_ours, translator_torch, ctgan_ours, ctgan_peer)
LOOPS = {loop.__name__: loop for loop in (*GAMES, *OTHERS, limits)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("loop", choices=LOOPS)
    parser.add_argument("configuration", choices=CONFIGURATIONS, nargs="?", default="dcgan")
    parser.add_argument("images", nargs="?", help="a file of uint8 images; `limits` needs none")
    parser.add_argument("--pairs", help="a file of pairs, for the translators")
    parser.add_argument("--settings", type=json.loads, default={}, help="what the loop's run takes")
    arguments = parser.parse_args()
    LOOPS[arguments.loop](arguments)


if __name__ == "__main__":
    main()
