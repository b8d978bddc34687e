"""Builds the site and checks its links: python -m benchmarks.site. Wants the extra `docs`."""

import argparse
import subprocess
import sys

from benchmarks.site import links, pages


def main():
    """Writes build/site; ends with a list of broken links, if there are any."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    pages.write()
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean"], cwd=pages.BUILD, check=True
    )
    if found := links.broken(pages.SITE):
        sys.exit("\n".join(found))
    print(f"Wrote {pages.SITE}: open index.html")


if __name__ == "__main__":
    main()
