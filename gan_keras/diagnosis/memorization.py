"""A discriminator that has memorised: it knows its training samples from others of their kind."""

from gan_keras.diagnosis.finding import Finding
from gan_keras.diagnosis.records import last_step, recent

KNOWN = 0.7  # probability that a training logit is above a held-out one; 0.5 +- 0.05 by chance
SHARE = 0.3  # of the gap between training and fake logits


def detect(records):
    """Finds logits that are clearly higher on training than on held-out samples."""
    auc, share = recent(records, "held_out_auc"), recent(records, "overfitting")
    if auc is None or auc.mean() < KNOWN:
        return None
    if share is not None and share.mean() < SHARE:
        return None
    part = "" if share is None else f", {share.mean():.0%} of the gap between real and fake"
    return Finding(
        name="memorization",
        step=last_step(records),
        says="The discriminator knows its training samples by heart: it rates them above held-out "
        f"ones in {auc.mean():.0%} of all pairs (50% is fair){part}.",
        cure="Try --set augment=adaptive (or diffaugment), then more data, "
        "--set penalties.r1.weight=1, a smaller discriminator, or stop earlier.",
        evidence={
            "held_out_auc": float(auc.mean()),
            **({} if share is None else {"overfitting": float(share.mean())}),
        },
    )
