"""Options whose values may have spaces between, as in `--index 3 7`; Click's take one value."""

import click


def spaced(option, belongs):
    """A Click command class with such an option, which must be a `multiple` one.

    Args:
        option: its name, with the dashes.
        belongs: function from a word to whether it is one more value. The first word always is.
    """

    class Spaced(click.Command):
        def parse_args(self, ctx, args):
            """Repeats the option before each further value."""
            args, repeated = list(args), []
            while args:
                repeated.append(args.pop(0))
                if repeated[-1] == option and args:
                    repeated.append(args.pop(0))
                    while args and belongs(args[0]):
                        repeated += [option, args.pop(0)]
            return super().parse_args(ctx, repeated)

    return Spaced
