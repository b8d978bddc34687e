"""What the site is made of, in build/docs: docs/, README, examples, gallery and the reference."""

import pathlib
import re
import shutil

from benchmarks.site import api, gallery, notebooks

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
SOURCE, SITE = BUILD / "docs", BUILD / "site"
SETTINGS = "mkdocs.yml"
OURS = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}


def write():
    """Makes the folder anew, and puts the settings beside it."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(ROOT / "docs", SOURCE)
    for name, page in OURS.items():
        text = moved((ROOT / name).read_text("utf-8"))
        (SOURCE / page).write_text(text, encoding="utf-8")
    shutil.copy(pathlib.Path(__file__).with_name(SETTINGS), BUILD / SETTINGS)
    (SOURCE / "gallery.md").write_text(gallery.text(), encoding="utf-8")
    (SOURCE / "examples.md").write_text(examples(), encoding="utf-8")
    notebooks.write(SOURCE / "notebooks")
    (SOURCE / "api").mkdir()
    for path, text in api.pages(ROOT / "gan_keras").items():
        (SOURCE / path).write_text(text, encoding="utf-8")


def moved(text):
    """A page of the root, with links as they are from docs/."""
    text = re.sub(r"\]\(docs/", "](", text)
    text = re.sub(r"\]\(examples(/\w+\.py)?\)", "](examples.md)", text)
    return re.sub(r"\]\(([A-Z]+\.md)\)", lambda found: f"]({OURS[found[1]]})", text)


def examples():
    """Every script of examples/, one below the other."""
    parts = ["# Examples", ""]
    for path in sorted(notebooks.EXAMPLES.glob("*.py")):
        link = f"[As a notebook](notebooks/{path.stem}.ipynb)."
        code = ["```python", path.read_text("utf-8").rstrip(), "```"]
        parts += [f"## {path.stem}", "", link, "", *code, ""]
    return "\n".join(parts)
