"""The site of the documentation: its reference, its links, and the whole built."""

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.pages import pictures_of
from benchmarks.site import api, gallery, links, notebooks, pages

ROOT = Path(__file__).parents[1]
SOURCE = '''
import dataclasses

@dataclasses.dataclass
class Row:
    """A row <b>.

    Args:
        size: how many, `a < b`.
            Defaults to 1.

    Example:

        Row(size=2)

    Source: Ann, 2001,
    page 3.
    """

    size: int = 1

    def twice(self, times=2):
        """The same, *often*."""

    def _inner(self):
        """Not shown."""
'''
PAGE = """# package

```
Rows.
```

## Row

```python
class Row(size: int = 1)
```

`package.row`

A row \\<b>.


**Args**

- `size`: how many, `a < b`.
  Defaults to 1.


**Example**

```python

    Row(size=2)

```


**Source** Ann, 2001,
page 3.

### twice

```python
twice(times=2)
```

The same, \\*often\\*.
"""


def test_the_reference_is_made_of_docstrings(tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text('"""Rows."""')
    (tmp_path / "package" / "row.py").write_text(SOURCE)
    found = api.pages(tmp_path / "package")
    assert set(found) == {"api/package.md", "api/index.md"}
    squeezed = "\n".join(filter(None, found["api/package.md"].splitlines()))
    assert squeezed == "\n".join(filter(None, PAGE.splitlines()))
    assert "- [package](package.md): Rows." in found["api/index.md"]


def test_links_of_the_root_lead_within_the_site():
    text = "[a](docs/tables.md#x) [b](examples/pix2pix.py) [c](CHANGELOG.md) [d](https://e.org)"
    assert pages.moved(text) == (
        "[a](tables.md#x) [b](examples.md) [c](changelog.md) [d](https://e.org)"
    )


def test_broken_links_are_told(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.html").write_text('<h1 id="top">B</h1><a href="../a.html#here">a</a>')
    (tmp_path / "a.html").write_text(
        '<p id="here"></p><a href="sub/b.html">b</a><a href="https://e.org">e</a><a href="#here">'
        '<a href="sub/b.html#gone">x</a><a href="c.html">c</a><img src="https://e.org/p.png">'
    )
    assert links.broken(tmp_path) == [
        "a.html fetches https://e.org/p.png",
        "a.html: sub/b.html#gone leads to no such place",
        "a.html: c.html leads nowhere",
    ]


def names(tree):
    """All names of variables in a program, and of what it defines."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.slow
def test_the_site_is_built_and_its_links_lead_somewhere():
    if importlib.util.find_spec("zensical") is None:
        pytest.skip("Zensical is not here: pip install -e '.[docs]'")
    command = [sys.executable, "-m", "benchmarks.site"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    names = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert names | {"gallery"} <= {path.stem for path in pages.SITE.glob("*.html")}
    assert (pages.SITE / "notebooks" / "table.ipynb").is_file()


def test_the_gallery_says_what_results_say():
    text = gallery.text()
    for name, score in gallery.SHOWN.items():
        own = text.split(f"## {name}\n")[1].split("\n## ")[0]
        assert ("Score: " in own) == (score is not None)
        assert ("![" in own) == (name in pictures_of.NAMES)
    default = text.split("## fashion_mnist_dcgan\n")[1].split("\n## ")[0]
    found = [line for line in gallery.lines("baselines") if line["row"] == "default"]
    mean = sum(line["last"]["frechet"] for line in found) / len(found)
    assert f"Score: {mean:.3g} (" in default
    assert f"mean of {len(found)} runs, 5.0 CPU minutes" in default


SCRIPT = '''"""A title.

    python examples/it.py  # a command

Words.
"""

import argparse
import os

A = 1
B = 2


@staticmethod
def twice(x):
    return 2 * x  # kept


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table", nargs="?", default="adult", help="a .csv")
    parser.add_argument("--to-do", type=int)
    parser.add_argument("--fast", action="store_true")
    options = parser.parse_args()

    first = options.to_do
    # why
    second = twice(first)

    print(os.sep, second)


if __name__ == "__main__":
    main()
'''


def test_a_notebook_is_a_script_in_cells():
    settings = (
        'import types\n\noptions = types.SimpleNamespace(\n    table="adult",  # a .csv\n'
        "    to_do=None,\n    fast=False,\n)"
    )
    assert notebooks.cells(SCRIPT) == [
        ("markdown", "# A title.\n\n    python examples/it.py  # a command\n\nWords."),
        ("code", "import os"),
        ("code", "A = 1\nB = 2"),
        ("code", "@staticmethod\ndef twice(x):\n    return 2 * x  # kept"),
        ("code", settings),
        ("code", "first = options.to_do\n# why\nsecond = twice(first)"),
        ("code", "print(os.sep, second)"),
    ]
    whole = json.loads(notebooks.notebook(SCRIPT))
    assert [cell["cell_type"] for cell in whole["cells"]] == ["markdown"] + ["code"] * 6
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)


@pytest.mark.parametrize(
    "path", sorted(notebooks.EXAMPLES.glob("*.py")), ids=lambda path: path.stem
)
def test_notebooks_of_all_examples_hold_together(path):
    """Each compiles, says each setting once, and uses no name that it does not have."""
    script = path.read_text("utf-8")
    code = "\n".join(text for sort, text in notebooks.cells(script) if sort == "code")
    compile(code, str(path), "exec")
    ours, theirs = (names(ast.parse(text)) for text in (code, script))
    assert theirs - ours == {"argparse", "parser", "main", "__name__", "__doc__"} | (
        {"int"} - ours  # of an argument's type
    )
    (given,) = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "types.SimpleNamespace"
    ]
    assert len(given.keywords) == script.count(".add_argument(") > 0
