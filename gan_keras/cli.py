"""The command `gan-keras`. Importing it imports neither TensorFlow nor NumPy, so help is quick."""

import os
import sys
import warnings

import click

from gan_keras.commands import terminal
from gan_keras.commands.attribute import attribute
from gan_keras.commands.card import card
from gan_keras.commands.certificate import certificate
from gan_keras.commands.codes import codes
from gan_keras.commands.detect import detect
from gan_keras.commands.diagnose import diagnose
from gan_keras.commands.directions import directions
from gan_keras.commands.evaluate import evaluate
from gan_keras.commands.export import export
from gan_keras.commands.film import film
from gan_keras.commands.invert import invert
from gan_keras.commands.judge import judge
from gan_keras.commands.list_names import list_names
from gan_keras.commands.page import page
from gan_keras.commands.report import report
from gan_keras.commands.sample import sample
from gan_keras.commands.train import train
from gan_keras.commands.translate import translate
from gan_keras.commands.truncations import truncations
from gan_keras.files import errors as file_errors
from gan_keras.machines.workers import EXIT_CODE, WorkerLostError
from gan_keras.version import __version__

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["MPLBACKEND"] = "agg"  # pictures go to files; a notebook's own backend is not to be had

BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 130
LONGEST = 3_000  # signs of a message: more than the names of all recipes take


class Group(click.Group):
    """A group whose commands end in one clear line, not in a traceback."""

    def parse_args(self, ctx, args):
        """Reads the options that come before a command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            end_with_one_line(error)

    def invoke(self, ctx):
        """Runs the command; what a user can cure becomes one line and an exit code."""
        if ctx.params["traceback"]:
            return super().invoke(ctx)
        warnings.showwarning = show_warning
        terminal.spell()
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            end_with_one_line(error)
        except BrokenPipeError:
            raise  # `gan-keras list | head`: click ends quietly
        except OSError as error:
            code = BAD_INPUT
            message = file_errors.in_words(error)
        except (ValueError, TypeError, ImportError) as error:
            code = BAD_INPUT
            message = str(error)
        except OverflowError as error:
            code = BAD_INPUT
            message = f"A number is too large ({error}). Take one of at most 18 digits."
        except MemoryError as error:
            code = FAILED
            message = f"Not enough memory: {error}"
            if not message.endswith("."):  # NumPy's own, which knows no cure
                message += ". Ask for less at once: a smaller --size, --num or --batch-size."
        except FloatingPointError as error:
            code = FAILED
            message = str(error)
        except KeyboardInterrupt:
            code = INTERRUPTED
            message = "Stopped."
        except WorkerLostError as error:
            click.echo(f"Error: {error}", err=True)
            sys.stdout.flush()
            os._exit(EXIT_CODE)  # TensorFlow would wait for the lost one
        except Exception as error:
            # Not named by its class, whose import would make `--help` wait for TensorFlow.
            if type(error).__name__ != "ResourceExhaustedError":
                raise
            code = FAILED
            message = (
                "Not enough memory. Ask for less at once: a smaller --batch-size or --num, smaller "
                f"images or networks. TensorFlow says: {first_line(error)}"
            )
        click.echo(f"Error: {shortened(' '.join(message.split()))}", err=True)
        sys.exit(code)


def shortened(message):
    """A message whose middle is left out if it is long: it may show a whole file of settings."""
    if len(message) <= LONGEST:
        return message
    return f"{message[: LONGEST // 2]} ... {message[-LONGEST // 2 :]}"


def end_with_one_line(error):
    """Says what is wrong with words and options, and where help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        raise error
    message = " ".join(error.format_message().split())
    message += "" if message.endswith((".", "?", ")")) else "."
    place = f" Help: {error.ctx.command_path} --help" if error.ctx else ""
    click.echo(f"Error: {message}{place}", err=True)
    sys.exit(BAD_INPUT)


def first_line(error):
    """What an error of TensorFlow says, without the addresses and stacks below."""
    return str(getattr(error, "message", error)).strip().partition("\n")[0][:200]


def show_warning(message, category, filename, lineno, file=None, line=None):
    """Prints a warning as one line."""
    click.echo(f"Warning: {' '.join(str(message).split())}", err=True)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gan-keras")
@click.option(
    "--traceback", is_flag=True, envvar="GAN_KERAS_TRACEBACK", help="Show where an error arose."
)
def main(traceback):
    """Train generative adversarial networks, go on with them, sample them.

    `gan-keras train` alone trains on garments, with no download, in minutes.
    """


main.add_command(train)
main.add_command(sample)
main.add_command(translate)
main.add_command(evaluate)
main.add_command(certificate)
main.add_command(diagnose)
main.add_command(report)
main.add_command(page)
main.add_command(judge)
main.add_command(card)
main.add_command(export)
main.add_command(film)
main.add_command(truncations)
main.add_command(directions)
main.add_command(codes)
main.add_command(invert)
main.add_command(attribute)
main.add_command(detect)
main.add_command(list_names)
