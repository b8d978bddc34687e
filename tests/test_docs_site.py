"""The site of the documentation: its reference, its links, and the whole built."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from docs_site import api, links, pages

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


@pytest.mark.slow
def test_the_site_is_built_and_its_links_lead_somewhere():
    if importlib.util.find_spec("zensical") is None:
        pytest.skip("Zensical is not here: pip install -e '.[docs]'")
    command = [sys.executable, "-m", "docs_site"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    names = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert names <= {path.stem for path in pages.SITE.glob("*.html")}
