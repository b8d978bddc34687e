"""The reference: a page for each package, of docstrings of what is public; nothing is imported."""

import ast
import inspect
import pathlib
import re

FENCE = "```"
SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Yields|Example|Source|Input):(.*)$")
ENTRY = re.compile(r"^    (\*{0,2}[\w., `*-]+): (.*)$")


def pages(package):
    """Dict from the path of a page to its Markdown.

    Args:
        package: `pathlib.Path` of the folder of gan_keras.
    """
    found = {}
    for folder in sorted(path.parent for path in package.rglob("__init__.py")):
        name = ".".join(folder.relative_to(package.parent).parts)
        text = page(name, folder)
        if text is not None:
            found[f"api/{name}.md"] = text
    names = [pathlib.Path(path).stem for path in found]
    lines = [f"- [{name}]({name}.md): {summary(package.parent, name)}" for name in names]
    found["api/index.md"] = "\n".join(["# Reference", "", *lines, ""])
    return found


def summary(root, name):
    """The first line of a package's docstring."""
    tree = ast.parse((root / name.replace(".", "/") / "__init__.py").read_text("utf-8"))
    return escaped((ast.get_docstring(tree) or "").split("\n")[0])


def page(name, folder):
    """The Markdown of one package; None if nothing in it is public."""
    tree = ast.parse((folder / "__init__.py").read_text("utf-8"))
    parts = [f"# {name}", "", FENCE, ast.get_docstring(tree) or "", FENCE, ""]
    num = len(parts)
    for path in sorted(folder.glob("*.py")):
        if path.stem.startswith("_"):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if is_public(node):
                parts += entry(f"{name}.{path.stem}", node)
    return "\n".join(parts) if len(parts) > num else None


def is_public(node):
    """Whether a statement defines a function or class that is shown."""
    shown = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    return shown and ast.get_docstring(node) is not None


def entry(module, node, level=2):
    """Lines of one function or class, and of a class's methods."""
    if isinstance(node, ast.ClassDef):
        init = [own for own in node.body if getattr(own, "name", "") == "__init__"]
        what = f"class {node.name}" + (signature(init[0]) if init else fields(node))
    else:
        what = node.name + signature(node)
    lines = [f"{'#' * level} {node.name}", "", f"{FENCE}python", what, FENCE, ""]
    if level == 2:
        lines += [f"`{module}`", ""]
    lines += [*markdown(ast.get_docstring(node)), ""]
    if isinstance(node, ast.ClassDef):
        for own in filter(is_public, node.body):
            lines += entry(module, own, level=3)
    return lines


def signature(node):
    """Arguments of a function, without `self`."""
    text = ast.unparse(node.args)
    return f"({re.sub(r'^(self|cls)(, )?', '', text)})"


def fields(node):
    """Arguments of a data class: its own fields."""
    own = [part for part in node.body if isinstance(part, ast.AnnAssign)]
    own = [part for part in own if "ClassVar" not in ast.unparse(part.annotation)]
    return f"({', '.join(map(ast.unparse, own))})" if own else ""


def markdown(docstring):
    """Lines of Markdown of a docstring of ours."""
    found, is_code = [], False
    for line in inspect.cleandoc(docstring).split("\n"):
        is_deep = line.startswith("    ")
        if is_code and line and not is_deep:
            found, is_code = [*found, FENCE, ""], False
        if match := SECTION.match(line):
            found += ["", f"**{match[1]}**{escaped(match[2])}"]
            found += [] if match[2] else [""]  # a list begins after an empty line
            continue
        section = next((text for text in reversed(found) if text.startswith("**")), "")
        if is_code or ((is_deep and section.startswith(("**Example", "**Input"))) or ">>>" in line):
            if not is_code:
                found, is_code = [*found, f"{FENCE}python"], True
            found.append(line)
        elif match := ENTRY.match(line):
            found.append(f"- `{match[1]}`: {escaped(match[2])}")
        else:
            found.append(("  " if is_deep else "") + escaped(line.strip()))
    return [*found, FENCE] if is_code else found


def escaped(text):
    """Text that Markdown leaves as it is, but for code in it."""
    parts = text.split("`")
    for place in range(0, len(parts), 2):
        parts[place] = re.sub(r"([<*_\[\]])", r"\\\1", parts[place])
    return "`".join(parts)
