"""The argument RUN of commands: a run folder, or the name of a run that comes with the package."""

from pathlib import Path

import click


class RunFolder(click.ParamType):
    """Text of a path. A bundled run's name, where no such file is, becomes the path of its copy."""

    name = "run"

    def convert(self, value, param, ctx):
        """The path of a text, as a text."""
        from gan_keras.running import bundled

        if value not in bundled.NAMES or Path(value).exists():
            return value
        path = Path("runs") / value
        if not path.exists():
            path = bundled.unpacked(value)
            click.echo(f"Unpacked the bundled run '{value}' to {path}", err=True)
        return str(path)


RUN = RunFolder()
