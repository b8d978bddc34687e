"""A model card in Markdown: what a generator is, what it was made of, and what it is not good for.

After Mitchell et al., "Model Cards for Model Reporting", 2019, arXiv:1810.03993; the lines at the
top are those that the Hugging Face Hub reads.
"""

import json
import os
import shlex
from pathlib import Path

from gan_keras import files, kinds
from gan_keras.data.licences import LICENCES
from gan_keras.metrics.table import better
from gan_keras.pages import facts
from gan_keras.pages.plain_page import Page
from gan_keras.pages.report import flattened
from gan_keras.version import __version__

SETTINGS = ("recipe", "algorithm", "network", "loss", "batch_size", "epochs", "conditional")
LIMITS = (
    "Samples are made up. They show nothing that was photographed, measured or counted, and they "
    "must not be passed off as such.",
    "The generator has seen its training data alone. What is rare there is rarer here, and what is "
    "missing there is missing here; a bias of the data is a bias of the samples.",
    "It may have kept some training samples. gan-keras evaluate RUN --metrics memorization asks, "
    "where there are held-out data.",
    "Scores hold for this checkpoint, these data and this protocol. They say nothing about single "
    "samples.",
    "Pictures and tables that gan_keras writes say in their metadata that they are generated. "
    "Anybody can remove that.",
)


def card(run, out):
    """Writes the card of a run; its files are read, and no model is opened.

    Args:
        run: a run folder.
        out: path of the file, "README.md" for the Hugging Face Hub.

    Raises:
        ValueError: no run, or a damaged file in it.
    """
    files.write_text(out, text_of(facts.of(run), Path(out)))


def text_of(found, out):
    """The Markdown of a `facts.Facts`, whose pictures' paths are relative to that of `out`."""
    page = Page(found.label, tuple(_parts(found, out)))
    certificate = found.run.folder / "certificate.md"
    parts = [front_matter(found), page.markdown()]
    if certificate.is_file():
        parts.append(lowered(certificate.read_text(encoding="utf-8")))
    return "\n".join(parts)


def front_matter(found):
    """What the Hugging Face Hub reads: YAML, of which JSON is a part."""
    lines = {"library_name": "keras", "tags": ["gan", "gan_keras", found.config["recipe"]]}
    if issubclass(found.kind, kinds.Images):
        tag = "image-to-image" if found.is_translator else "unconditional-image-generation"
        lines["pipeline_tag"] = tag
    inner = [f"{key}: {json.dumps(value)}" for key, value in lines.items()]
    return "\n".join(["---", *inner, "---", ""])


def lowered(markdown):
    """A page of Markdown with its headings one level lower, to stand in another."""
    lines, is_code = [], False
    for line in markdown.splitlines():
        is_code ^= line.startswith("```")
        lines.append(f"#{line}" if line.startswith("#") and not is_code else line)
    return "\n".join(lines) + "\n"


def _parts(found, out):
    config = found.config
    settings, data = config["settings"], config.get("data", {})
    kind = f"a translator of {found.kind.unit}" if found.is_translator else "a generator of samples"
    yield (
        "paragraph",
        f"{kind[0].upper()}{kind[1:]}, trained by gan_keras with the recipe '{config['recipe']}'. "
        f"It has made {found.step or 0:,} steps in {found.epochs_done} of "
        f"{settings.get('epochs')} epochs.",
    )
    if found.grids:
        last = found.grids[-1]
        path = os.path.relpath(last.path, out.parent).replace(os.sep, "/")
        yield "picture", f"Samples after step {last.step:,}", path
    yield "heading", "What it was trained on"
    yield "list", tuple(_data(data, settings))
    yield "heading", "How"
    yield "table", ["setting", "value"], _settings(found)
    versions = config.get("versions", {})
    yield "paragraph", f"Versions: {', '.join(f'{k} {v}' for k, v in versions.items())}."
    yield "heading", "Scores"
    yield from _scores(found)
    yield "heading", "What it is not good for"
    yield "list", LIMITS
    yield "heading", "Use"
    yield "code", _use(found)
    yield "heading", "Licence"
    yield (
        "paragraph",
        "Whoever publishes this model says under which licence. The data's own licence may ask for "
        "credit.",
    )
    yield "paragraph", f"Written by gan_keras {__version__}."


def _data(data, settings):
    name = data.get("name", settings.get("data"))
    shape = "x".join(map(str, data.get("sample_shape", ())))
    yield f"Data: {name}, {data.get('num_samples', 0):,} samples of {shape}."
    if data.get("num_classes"):
        names = [str(one) for one in data.get("class_names") or ()]
        told = f": {', '.join(names[:20])}{' and others' * (len(names) > 20)}" if names else ""
        yield f"Classes: {data['num_classes']:,}{told}."
    yield f"Fingerprint: {data.get('fingerprint')}"
    licence = LICENCES.get(settings.get("data"))
    unknown = "gan_keras does not know it. Say it here before you publish."
    yield f"Licence of the data: {licence or unknown}"


def _settings(found):
    settings = flattened(found)
    rows = [[name, settings.get(f"settings.{name}", settings.get(name, ""))] for name in SETTINGS]
    rows.append(["seed", settings.get("arguments.seed", "")])
    return [row for row in rows if row[1] not in ("", "null")]


def _scores(found):
    if not found.scores:
        yield "paragraph", "None were taken: gan-keras evaluate RUN takes some."
        return
    head = ["score", "value", "better", "samples", "real ones", "seed", "extractor", "data"]
    rows = [
        [
            score.metric,
            _value(score),
            better(score.metric),
            f"{score.num_fake:,}",
            f"{score.num_real:,}",
            str(score.seed),
            f"{score.extractor}, {score.resize}",
            score.data,
        ]
        for score in found.scores
    ]
    yield "table", head, rows
    yield "paragraph", "Two scores compare only if all that stands right of “better” is the same."


def _value(score):
    spread = "" if score.std is None else f" ± {score.std:.2g}"
    if score.interval is not None:
        spread += " (95%: {:.4g} to {:.4g})".format(*score.interval)
    return f"{score.value:.5g}{spread}"


def _use(found):
    folder = shlex.quote(found.run.name)  # where it lies on this machine is nobody's business
    lines = ["pip install gan-keras"]
    if found.is_translator:
        return [*lines, f"gan-keras translate {folder} {found.kind.unit.upper()}"]
    out = "fake.csv" if issubclass(found.kind, kinds.Tabular) else "samples.png"
    return [*lines, f"gan-keras sample {folder} --out {out}"]
