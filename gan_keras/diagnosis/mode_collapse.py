"""Mode collapse: the generator makes few things, whatever its latents."""

from gan_keras.diagnosis.finding import Finding
from gan_keras.diagnosis.records import WARM_UP, last_step, recent

LOW = 0.5  # of the diversity of as many real samples
RECOVERING = 1.3  # growth over the window that is given the benefit of the doubt
TOTAL = 0.02  # of the same: so little is no bad luck of one look, and no matter of warming up
ALONE = 1.5  # clearly different samples that a whole set is worth: one thing, over and over
CURE = (
    "Try --set loss=relativistic_paired with --set penalties.r1.weight=1 and "
    "--set penalties.r2.weight=1, then --set model.packing=2, or a lower "
    "generator_optimizer.learning_rate."
)


def detect(records):
    """Finds samples that are all alike, at any step; or, after the warm-up, of less than half the
    diversity of real ones that is not coming back.
    """
    if (found := all_alike(records)) is not None:
        return found
    shares = recent(records, "diversity")
    if shares is None or shares.max() >= LOW or shares[-1] > RECOVERING * shares[0]:
        return None
    return Finding(
        name="mode_collapse",
        step=last_step(records),
        says=f"The generator's samples are worth {shares[-1]:.0%} of the diversity of as many real "
        "ones: it makes few things, whatever its latents.",
        cure=CURE,
        evidence={"diversity": float(shares[-1])},
    )


def all_alike(records):
    """The finding that the newest samples are one thing, over and over; else None."""
    looks = [record for record in records if record.get("diversity") is not None]
    if not looks or not is_total(looks[-1]):
        return None
    step, share = last_step(looks), looks[-1]["diversity"]
    young = ""
    if step < WARM_UP:
        young = (
            f" At step {step} a generator may not have begun to differ: train to step {WARM_UP}, "
            "and if it is still so, it will stay so."
        )
    return Finding(
        name="mode_collapse",
        step=step,
        says=f"All samples look alike: they are worth {share:.2g} of the diversity of as many real "
        f"ones (which are at 1). The generator makes one thing, whatever its latents.{young}",
        cure=CURE,
        evidence={"diversity": float(share)},
    )


def is_total(look):
    """Whether the samples of one look are all alike."""
    return look["diversity"] < TOTAL or look.get("worth", ALONE) < ALONE
