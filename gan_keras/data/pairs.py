"""`Pairs`: two pictures of the same thing, or of two kinds of thing, before they are a `Source`."""

import dataclasses

import numpy as np

from gan_keras import kinds
from gan_keras.data.source import Source


@dataclasses.dataclass(kw_only=True, eq=False)
class Pairs:
    """What a translation learns from: inputs, and samples of what is to come out.

    Args:
        name: what messages and records call it.
        samples: uint8 (n, h, w, c), what the generator is to make.
        input: uint8 (m, h', w', c'), what it is given; a label map is (m, h', w', 1), of ids.
        paired: whether `input[i]` belongs to `samples[i]`, and so m = n.
        names: what each sample is called, such as the stems of its files: a list of n; or None.
        class_names: of the ids of a label map; or None.
        num_ids: how many ids the label maps have, if `input` holds such; or None.

    Raises:
        ValueError: paired, but not equally many.
    """

    name: str
    samples: np.ndarray
    input: np.ndarray
    paired: bool = True
    names: list | None = None
    class_names: list | None = None
    num_ids: int | None = None

    def __post_init__(self):
        if self.paired and len(self.input) != len(self.samples):
            raise ValueError(
                f"'{self.name}': {len(self.input)} inputs came with {len(self.samples)} samples, "
                "but each needs its partner. Give paired=False if they are no pairs."
            )

    def source(self):
        """The `Source` of samples with the entry "input"."""
        found = {}
        if self.num_ids is not None:
            shape = self.input.shape[1:]
            found["input"] = kinds.LabelMaps(shape=shape, num_classes=self.num_ids)
        return Source(
            name=self.name,
            samples=self.samples,
            entries={"input": self.input},
            entry_kinds=found,
            paired=self.paired,
        )
