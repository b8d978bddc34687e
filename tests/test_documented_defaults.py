"""What a docstring calls the default is the default: a number that moved in one place alone."""

import ast
import importlib
import inspect
import pkgutil
import re

import pytest

FOLDERS = (
    *("losses", "penalties", "augment", "layers", "data", "networks", "models", "metrics"),
    *("callbacks", "latent_tools", "exporting", "kinds", "distances", "corruptions", "pretrained"),
    *("running", "machines", "recipes", "surrogates"),
)
LITERAL = re.compile(
    r"Defaults to (None|True|False|-?\d[\d_,]*(?:\.\d+)?(?:e-?\d+)?|\"[^\"]*\"|\([^()]*\))"
    r"(?=[.;:]? ?$|[.;:] |, (?:as|for|the) )"  # a whole clause: no unit, no condition
)


def public(module):
    """Functions and classes that a module defines for others."""
    for name, member in vars(module).items():
        own = getattr(member, "__module__", None) == module.__name__
        if own and not name.startswith("_") and (inspect.isclass(member) or callable(member)):
            yield member


def documented():
    """Tuples of an object's name, an argument, its documented default and its true one."""
    for folder in FOLDERS:
        package = importlib.import_module(f"gan_keras.{folder}")
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            module = importlib.import_module(found.name)
            for member in public(module):
                yield from defaults_of(member, f"{found.name}.{member.__name__}")


def defaults_of(member, name):
    doc = inspect.getdoc(member) or ""
    arguments = re.search(r"^Args:\n((?:    .*\n|\n)*)", doc + "\n", re.MULTILINE)
    if not arguments:
        return
    parameters = inspect.signature(member).parameters
    for entry in re.split(r"\n(?=    \w)", "\n" + arguments.group(1)):
        argument, _, text = " ".join(entry.split()).partition(": ")
        literal = LITERAL.search(text)
        if literal and argument in parameters:
            yield name, argument, as_value(literal.group(1)), parameters[argument].default


def as_value(text):
    """A documented literal, thousands of which have commas."""
    number = re.fullmatch(r"-?[\d,]+(\.\d+)?", text)
    return ast.literal_eval(text.replace(",", "") if number else text.rstrip(","))


@pytest.fixture(scope="module")
def found():
    return list(documented())


def test_documented_defaults_are_the_defaults(found):
    wrong = [
        f"{name}({argument}={so!r}) is documented as {said!r}"
        for name, argument, said, so in found
        if said != so
    ]
    assert not wrong


def test_the_reader_of_docstrings_finds_them(found):
    said = {f"{name.rpartition('.')[2]}.{argument}": value for name, argument, value, _ in found}
    assert said["DRAGAN.stddev"] == 0.25
    assert said["Adaptive.ramp_images"] == 500_000
    assert said["Consistency.policies"] == ("flip", "translation")
    assert said["kernel_distance.num_subsets"] == 100
    assert len(found) > 80
