"""Run folders made by hand, in no time: files as training and `gan-keras evaluate` write them."""

import html.parser
import json

import numpy as np

from gan_keras import images
from gan_keras.files import marks
from gan_keras.metrics import Score, score
from gan_keras.running import runs

HISTORY = "epoch,d_loss,g_loss,fid,rate\n0,1.5,0.1,,0.25\n1,-0.5,0.30000000000000004,9.0,0.25\n"


def made(folder, *, history=HISTORY, steps=(50, 100), names=("boot", "bag"), epochs=2, **settings):
    """A run of images 4x4 on two classes, with a grid after each of `steps`."""
    config = {
        "recipe": "fashion_mnist_dcgan",
        "settings": {
            "name": "fashion_mnist_dcgan",
            "data": "fashion_mnist_10k",
            "data_arguments": {},
            "algorithm": "gan",
            "epochs": epochs,
            **settings,
        },
        "arguments": {"seed": 0},
        "data": {
            "name": "fashion_mnist_10k",
            "fingerprint": "f00d",
            "num_samples": 10_000,
            "sample_shape": [4, 4, 1],
            "num_classes": len(names),
            "class_names": list(names),
            "kind": "images",
        },
        "versions": {"gan_keras": "0.2.0", "keras": "3.15.1"},
    }
    run = runs.create(folder, config)
    if history is not None:
        run.history_file.write_text(history, encoding="utf-8")
    for step in steps:
        run.samples.mkdir(exist_ok=True)
        picture = np.random.default_rng(step).integers(0, 256, (20, 20, 1), dtype="uint8")
        mark = marks.Mark(run=run.name, step=step, seed=0)
        images.save_png(run.samples / f"step-{step:08d}.png", picture, mark=mark)
        (run.checkpoints / f"{step:08d}").mkdir(parents=True)
    return run


def scored(run, **changes):
    """Adds a score to it, and returns it."""
    fields = {
        "metric": "fid",
        "value": 9.0,
        "extractor": "pixels@0",
        "resize": "none",
        "num_real": 100,
        "num_fake": 90,
        "data": "fashion_mnist_10k/train@f00d",
        "seed": 3,
        **changes,
    }
    found = Score(**fields)
    score.write(run.scores_file, [found])
    return found


def recorded(run, records):
    """Adds looks of the diagnosis."""
    text = "".join(f"{json.dumps(record)}\n" for record in records)
    run.diagnosis_file.write_text(text, encoding="utf-8")


class Page(html.parser.HTMLParser):
    """What a browser finds in a page: elements with attributes, texts, and cells of tables."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.tables, self.text, self.inside = [], [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.inside.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag in ("img", "input", "meta", "br", "wbr"):
            self.inside.pop()

    def handle_endtag(self, tag):
        while self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if self.inside and self.inside[-1] in ("style", "script"):
            return
        self.text += data
        if self.inside and self.inside[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data

    def of(self, tag):
        """The attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def asks_nobody(page):
    """Whether nothing in a page leads out of it."""
    links = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "srcset", "poster", "data")
    ]
    return all(link.startswith("data:image/png;base64,") for link in links)
