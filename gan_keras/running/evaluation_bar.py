"""The progress bar of scores, without what they are made of: tables need no TensorFlow."""

import contextlib

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextlib.contextmanager
def bar(console):
    """A function (what, done, num) that shows a progress bar, where there is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    columns += (TimeRemainingColumn(), TextColumn("left"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        tasks = {}

        def show(what, done, num):
            if what not in tasks:
                tasks[what] = progress.add_task(f"{what} samples", total=num)
            progress.update(tasks[what], completed=done)

        yield show
