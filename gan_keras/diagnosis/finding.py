"""What a detector says: in plain words, with a number, and with a switch to try."""

import dataclasses


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a detector has found.

    Attributes:
        name: of the detector, e.g. "mode_collapse".
        step: training step of the newest number it rests on; an epoch for "plateau".
        says: plain words, with the evidence.
        cure: which switches to try, in the order to try them.
        evidence: dict from name to number.
        is_trouble: False for good or neutral news.
    """

    name: str
    step: int
    says: str
    cure: str
    evidence: dict
    is_trouble: bool = True

    def __str__(self):
        return f"{self.name}: {self.says} {self.cure}"
