"""Notebooks, made of the scripts in examples/: python -m benchmarks.site.notebooks [FOLDER]

A notebook is never edited or kept: the script is the source. Its docstring becomes the text, and
the body of `main` the cells, with the arguments of the command line as plain settings.
"""

import argparse
import ast
import json
import pathlib
import textwrap

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def cells(script):
    """What a notebook of a script holds: a list of (sort, text), sort "markdown" or "code".

    Args:
        script: text of an example: a docstring, what it defines, and `main()` with its arguments.
    """
    tree = ast.parse(script)
    found = [("markdown", headed(ast.get_docstring(tree)))]
    top = [node for node in tree.body[1:] if not isinstance(node, ast.If)]
    imports = (ast.Import, ast.ImportFrom)
    top = [node for node in top if ast.unparse(node) != "import argparse"]
    found += runs(script, [node for node in top if isinstance(node, imports)], joined=True)
    for node in top:
        if getattr(node, "name", "") == "main":
            found += body(script, node)
        elif not isinstance(node, imports):
            found += runs(script, [node])
    return merged(found)


def headed(docstring):
    """A docstring as Markdown: its first line is the title, its commands are code."""
    title, _, rest = docstring.partition("\n")
    lines = [
        f"    {line.strip()}" if "python examples/" in line else line for line in rest.split("\n")
    ]
    return f"# {title}\n" + "\n".join(lines).rstrip()


def body(script, main):
    """The cells of `main`: settings in place of its parser, then its paragraphs."""
    settings, parser, rest = [], None, []
    for node in main.body:
        text = ast.unparse(node)
        if "ArgumentParser(" in text:
            parser = node.targets[0].id
        elif parser and text.startswith(f"{parser}.add_argument("):
            settings.append(setting(script, node.value))
        elif parser and f"{parser}.parse_args()" in text:
            name = node.targets[0].id
        else:
            rest.append(node)
    lines = "\n".join(f"    {line}" for line in settings)
    given = f"import types\n\n{name} = types.SimpleNamespace(\n{lines}\n)"
    return [("code", given), *paragraphs(script, rest)]


def setting(script, call):
    """`name=default,  # help` of one `add_argument`."""
    words = {word.arg: ast.get_source_segment(script, word.value) for word in call.keywords}
    name = ast.literal_eval(call.args[-1]).lstrip("-").replace("-", "_")
    default = words.get("default", "False" if "store_true" in words.get("action", "") else "None")
    said = ast.literal_eval(words["help"]) if "help" in words else ""
    return f"{name}={default},{f'  # {said}' if said else ''}"


def paragraphs(script, nodes):
    """A cell for each group of statements between empty lines."""
    groups = []
    source = script.split("\n")
    for node in nodes:
        before = source[start(node) - 2].strip()
        if not groups or not before:
            groups.append([])
        groups[-1].append(node)
    return [cell for group in groups for cell in runs(script, group, joined=True)]


def runs(script, nodes, joined=False):
    """Statements as they stand in a script, comments between them too, without their indent."""
    source = script.split("\n")
    spans = [(start(node), node.end_lineno) for node in nodes]
    if joined and spans:
        spans = [(spans[0][0], spans[-1][1])]
    texts = [textwrap.dedent("\n".join(source[first - 1 : last])) for first, last in spans]
    return [("code", text.replace("import argparse\n", "").strip()) for text in texts]


def start(node):
    """The first line of a statement, its decorators included."""
    return min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])


def merged(found):
    """Cells in which constants that follow each other share one."""
    cells = []
    for sort, text in found:
        is_constant = sort == "code" and "\n" not in text and text.split(" = ")[0].isupper()
        if is_constant and cells and cells[-1][2]:
            cells[-1] = (sort, f"{cells[-1][1]}\n{text}", True)
        else:
            cells.append((sort, text, is_constant))
    return [(sort, text) for sort, text, _ in cells]


def notebook(script):
    """The JSON of a notebook (nbformat 4.5)."""
    found = []
    for number, (sort, text) in enumerate(cells(script)):
        own = {"cell_type": sort, "id": f"cell-{number}", "metadata": {}}
        if sort == "code":
            own |= {"execution_count": None, "outputs": []}
        found.append({**own, "source": text})
    whole = {"cells": found, "metadata": {"kernelspec": KERNEL}, "nbformat": 4}
    return json.dumps({**whole, "nbformat_minor": 5}, indent=1, ensure_ascii=False) + "\n"


def write(folder):
    """Writes a notebook for each example; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for script in sorted(EXAMPLES.glob("*.py")):
        paths.append(folder / f"{script.stem}.ipynb")
        paths[-1].write_text(notebook(script.read_text("utf-8")), encoding="utf-8")
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", default="notebooks", type=pathlib.Path)
    for path in write(parser.parse_args().folder):
        print(path)


if __name__ == "__main__":
    main()
