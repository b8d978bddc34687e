"""Mode collapse: the generator makes few things, whatever its latents."""

from gan_keras.diagnosis.finding import Finding
from gan_keras.diagnosis.records import last_step, recent

LOW = 0.5  # of the diversity of as many real samples
RECOVERING = 1.3  # growth over the window that is given the benefit of the doubt


def detect(records):
    """Finds samples of less than half the diversity of real ones that is not coming back."""
    shares = recent(records, "diversity")
    if shares is None or shares.max() >= LOW or shares[-1] > RECOVERING * shares[0]:
        return None
    return Finding(
        name="mode_collapse",
        step=last_step(records),
        says=f"The generator's samples are worth {shares[-1]:.0%} of the diversity of as many real "
        "ones: it makes few things, whatever its latents.",
        cure="Try --set loss=relativistic_paired with --set penalties.r1.weight=1 and "
        "--set penalties.r2.weight=1, then --set model.packing=2, or a lower "
        "generator_optimizer.learning_rate.",
        evidence={"diversity": float(shares[-1])},
    )
