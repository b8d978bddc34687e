"""The captions that come with the package: short sentences on photographs, of common words."""

import pathlib

from gan_keras.data import lines

PATH = pathlib.Path(__file__).with_name("captions.txt.xz")


def captions(*, split="train", vocabulary="words", **arguments):
    """4,115 captions, all distinct, 7 to 10 words each; a fifth is held out.

    Out of the captions of COCO (Chen et al., 2015, arXiv:1504.00325), in the form that benchmarks
    of text have them: small letters, no full stops. Those of at most 10 words were taken, each of
    which is among the 600 most frequent. CC BY 4.0, beside the file.

    Args:
        split: "train" or "test".
        vocabulary: "words" (the default), or None for letters.
        arguments: of `sequences.sequences`, such as `min_count`.

    Raises:
        ValueError: another split.
    """
    texts = lines.lines_of(PATH)
    return lines.lines("captions", texts, split=split, vocabulary=vocabulary, **arguments)
