"""The key of a study: what each picture was, and how the study was made.

judging-1/judge-1.html ...   one page a judge
judging-1/key.json           the key; whoever judges must not see it
"""

import json

FORMAT, NAME = 1, "key.json"


def keys(run):
    """The studies of a run: a list of dicts, as `study.make` wrote them.

    Raises:
        ValueError: a key is damaged.
    """
    found = []
    for path in sorted(run.folder.glob(f"*/{NAME}")):
        try:
            key = json.loads(path.read_text(encoding="utf-8"))
            key["study"], key["pages"], key["play"], key["beside"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"'{path}' is damaged ({error}). Put it back.") from error
        found.append(key)
    return found
