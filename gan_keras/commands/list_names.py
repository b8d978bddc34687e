"""`gan-keras list`: what there is to choose from, read off the source without importing it.

Each folder has a table `NAMES` in its `__init__`; importing that takes TensorFlow, and seconds.
"""

import ast
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
FOLDERS = ("data", "models", "networks", "losses", "penalties", "surrogates", "augment")


@click.command(name="list")
def list_names():
    """List recipes, data sets, algorithms, networks, losses, penalties and the like."""
    for title, names in tables().items():
        click.echo(f"{title}:")
        width = max(map(len, names), default=0) + 2
        for name, summary in names.items():
            click.echo(f"  {name:<{width}}{summary}")
        click.echo()
    click.echo("Train one: gan-keras train RECIPE --data NAME --set loss=NAME")


def tables():
    """Dict from a title to a dict from name to its line."""
    from gan_keras import recipes

    return {
        "recipes": {name: recipe.summary for name, recipe in recipes.NAMES.items()},
        **{folder: table(folder) for folder in FOLDERS},
    }


def table(folder):
    """Dict from each key of a folder's `NAMES` to its line.

    `NAMES` is a dict from keys to lines, to classes or to modules; or a comprehension over classes,
    whose keys are the `name` of each.
    """
    init = parse(ROOT / folder / "__init__.py")
    value = assigned(init, "NAMES")
    keys = [key.value for key in value.keys] if isinstance(value, ast.Dict) else None
    imported = {
        alias.name: node.module
        for node in init.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    entries = [
        definition(imported[node.id], node.id)
        for node in ast.walk(value)
        if isinstance(node, ast.Name) and node.id in imported
    ]
    if not entries:
        return ast.literal_eval(value)
    keys = keys or [assigned(entry, "name").value for entry in entries]
    return {key: first_line(entry) for key, entry in zip(keys, entries, strict=True)}


def definition(module, name):
    """The syntax tree of what `from module import name` gets: a file, or a class in one."""
    path = ROOT.joinpath(*module.split(".")[1:])
    if (path / f"{name}.py").is_file():
        return parse(path / f"{name}.py")
    tree = parse(path.with_suffix(".py"))
    return next(node for node in tree.body if getattr(node, "name", None) == name)


def assigned(node, name):
    """The value that the body of a file or of a class assigns to `name`."""
    for statement in node.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = getattr(statement, "targets", None) or [statement.target]
            if getattr(targets[0], "id", None) == name:
                return statement.value
    raise LookupError(f"Nothing is assigned to {name}")


def parse(path):
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def first_line(node):
    """First line of a docstring, without its full stop."""
    return (ast.get_docstring(node) or "").partition("\n")[0].rstrip(".")
