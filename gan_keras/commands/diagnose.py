"""`gan-keras diagnose`: what is wrong with a run, in plain words."""

import click

from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("run", type=RUN)
@click.option(
    "--held-out", metavar="DATA", help="Data never trained on.  [default: the test split]"
)
@click.option("--recorded-only", is_flag=True, help="Read what training recorded; measure nothing.")
def diagnose(run, held_out, recorded_only):
    """Say what is wrong with the run RUN, by which evidence, and which switch to try.

    Reads what `gan-keras train --diagnose --quality fid` recorded, and looks at the newest
    checkpoint afresh. What is looked for, and how: docs/diagnosis.md.
    """
    from gan_keras.running.runs import Run

    run = Run(run)
    run.read_config()

    import_tensorflow()
    from gan_keras.running import diagnosing

    records = diagnosing.recorded(run)
    fresh = [] if recorded_only else diagnosing.measured(run, held_out=held_out)
    if not records and not fresh:
        raise ValueError(
            f"'{run.folder}' has recorded nothing to diagnose. Leave --recorded-only out, or train "
            "with --diagnose."
        )
    click.echo(diagnosing.report(records, fresh))
