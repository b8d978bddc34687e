"""What to type next, for the state that a run is in."""

import shlex

from gan_keras import kinds


def next_steps(facts):
    """What a run lacks, and what can be made of it: list of (what for, command)."""
    folder = shlex.quote(str(facts.run.folder))
    settings = facts.config["settings"]
    found = []
    if facts.epochs_done < settings.get("epochs", 0) or facts.step is None:
        done = f"it has made {facts.epochs_done} of {settings.get('epochs')} epochs"
        found.append((f"Train on: {done}.", f"gan-keras train --resume {folder}"))
    if facts.step is None:
        return found
    if not facts.scores:
        found.append(("Score it.", f"gan-keras evaluate {folder}"))
    if not any("g_gradient" in record for record in facts.records):
        found.append(("Look for what is wrong with it.", f"gan-keras diagnose {folder}"))
    return found + [(what, f"gan-keras {command}") for what, command in _uses(facts, folder)]


def _uses(facts, folder):
    if facts.is_translator:
        unit = facts.kind.unit
        yield f"Translate {unit} of your own.", f"translate {folder} {unit.upper()}"
    elif issubclass(facts.kind, kinds.Tabular):
        yield "Draw rows.", f"sample {folder} --out fake.csv"
        yield "Say on one page what they are worth.", f"certificate {folder}"
    else:
        yield "Draw samples.", f"sample {folder}"
        if issubclass(facts.kind, kinds.Images):
            yield "Walk from sample to sample.", f"film {folder}"
            yield "Have people judge it.", f"judge {folder}"
    if facts.has_page:
        yield "Play with its generator, in one file.", f"page {folder}"
    yield "Take the generator elsewhere.", f"export {folder}"
    yield "Write a card to publish it with.", f"card {folder}"
