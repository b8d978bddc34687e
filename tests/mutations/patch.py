"""What a planted bug is."""

import dataclasses


@dataclasses.dataclass(frozen=True, kw_only=True)
class Patch:
    """One plausible mistake in one file of the package, and who is to notice it.

    Attributes:
        file: path below `gan_keras/`.
        old: text that is in the file just once.
        new: what takes its place.
        tests: the test files that are to fail, below `tests/`.
        keyword: pytest's `-k`, where a file has slow tests beside the one that matters.
        what: the mistake, in one line.
        survives_because: why no test can notice it, if none can.
    """

    file: str
    old: str
    new: str
    tests: tuple
    what: str
    keyword: str | None = None
    survives_because: str | None = None

    def planted_in(self, text):
        """`text` with the bug; None where the old text is not there just once."""
        return text.replace(self.old, self.new) if text.count(self.old) == 1 else None


def maker(folder, default_tests, default_keyword=None):
    """A short way to write patches of one folder: `plant(file, old, new, what, ...)`."""

    def plant(file, old, new, what, *, tests=default_tests, keyword=None, survives_because=None):
        if tests == default_tests:
            keyword = keyword or default_keyword
        return Patch(
            file=f"{folder}/{file}" if folder else file,
            old=old,
            new=new,
            tests=(tests,) if isinstance(tests, str) else tests,
            what=what,
            keyword=keyword,
            survives_because=survives_because,
        )

    return plant
