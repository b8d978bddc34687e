"""`gan-keras list`: what there is to choose from, read without importing TensorFlow."""

import ast
from pathlib import Path

import click

FOLDERS = ("losses", "penalties", "augment")


@click.command(name="list")
def list_names():
    """List recipes, data sets, networks, losses, penalties and augmentations."""
    for title, names in tables().items():
        click.echo(f"{title}:")
        for name, summary in names.items():
            click.echo(f"  {name:<28}{summary}")
        click.echo()
    click.echo("Train one: gan-keras train RECIPE --data NAME --set loss=NAME")


def tables():
    """Dict from a title to a dict from name to its line."""
    from gan_keras import recipes

    return {
        "recipes": {name: recipe.summary for name, recipe in recipes.NAMES.items()},
        "data": data_sets(),
        "networks": networks(),
        **{folder: named_classes(folder) for folder in FOLDERS},
    }


def data_sets():
    """The table `NAMES` of data/__init__.py, whose imports (NumPy, Pillow) would take a while."""
    tree, _ = next(trees("data", "__init__.py"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "NAMES":
            return ast.literal_eval(node.value)
    raise RuntimeError("data/__init__.py has no table NAMES")


def networks():
    """The files of networks/ that hold a `generator`."""
    found = {}
    for tree, path in trees("networks"):
        if any(
            isinstance(node, ast.FunctionDef) and node.name == "generator" for node in tree.body
        ):
            found[path.stem] = first_line(tree)
    return found


def named_classes(folder):
    """The classes of a folder that have a `name` of their own."""
    found = {}
    for tree, path in trees(folder):
        if path.stem == "base":
            continue
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and (name := class_name(node)):
                found[name] = first_line(node)
    return found


def class_name(node):
    """The text that a class's body assigns to `name`; None without one."""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign):
            target = statement.target
        elif isinstance(statement, ast.Assign):
            target = statement.targets[0]
        else:
            continue
        if target.id == "name" and isinstance(statement.value, ast.Constant):
            return statement.value.value
    return None


def trees(folder, pattern="*.py"):
    """The syntax tree and the path of each file in a folder of the package."""
    for path in sorted((Path(__file__).parents[1] / folder).glob(pattern)):
        yield ast.parse(path.read_text(encoding="utf-8")), path


def first_line(node):
    """First line of a docstring, without its full stop."""
    return (ast.get_docstring(node) or "").partition("\n")[0].rstrip(".")
