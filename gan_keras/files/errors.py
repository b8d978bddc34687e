"""What the system says of files, in words that name the file, the trouble and the cure."""

import errno
import os
import re

CURES = {
    errno.ENOSPC: ("the disk is full", "Make room, or write to another disk."),
    errno.EDQUOT: ("your share of the disk is used up", "Make room, or write to another disk."),
    errno.EFBIG: ("it would be larger than files may be here", "Raise the limit: ulimit -f."),
    errno.EACCES: ("you may not", "Give yourself the right (chmod), or take another place."),
    errno.EPERM: ("you may not", "Give yourself the right (chmod), or take another place."),
    errno.EROFS: ("that disk can only be read", "Take another place to write to."),
    errno.ENOENT: ("there is no such file or folder", "Look at the spelling."),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "Take another path."),
    errno.EEXIST: ("there is something of that name", "Take another name."),
    errno.EISDIR: ("it is a folder, not a file", "Name a file, or move the folder away."),
    errno.ENAMETOOLONG: ("its name is too long", "Take a shorter one."),
    errno.ELOOP: ("it is a link that leads to itself", "Remove the link."),
    errno.EMFILE: ("too many files are open", "Raise the limit: ulimit -n."),
    errno.ENOMEM: ("there is not enough memory", "Ask for less at once."),
    errno.EIO: ("the disk fails", "Copy what you need to another one."),
    errno.EINVAL: ("its name is none", "Take another one."),
    errno.EBUSY: ("another program holds it", "Close that program."),
    errno.ETXTBSY: ("another program holds it", "Close that program."),
    errno.EAGAIN: ("another program holds it", "Close that program."),
}


NO_ROOM = {
    errno.ENOSPC: "no space left on device",
    errno.EDQUOT: "disk quota exceeded",
    errno.EFBIG: "file too large",
}


def in_words(error, *, cured=True):
    """One line on an OSError; errors that we wrote ourselves say it already.

    Args:
        error: the OSError.
        cured: whether with a sentence on what to do. Defaults to True.
    """
    if error.errno is None:
        return str(error)
    name = f"'{known_name(error.filename)}': " if error.filename is not None else ""
    trouble, cure = CURES.get(error.errno, (error.strerror, "Look at that file and its folder."))
    return f"{name}{trouble}. {cure}" if cured else f"{name}{trouble}"


def known_name(path):
    """A path without what a temporary name adds to it."""
    folder, name = os.path.split(str(path))
    return os.path.join(folder, re.sub(r"^\.writing-\d+-", "", name))


def of_no_room(error):
    """The OSError behind an error that some library raised when a disk was full; or None.

    Args:
        error: an exception, whose causes are looked at as well.
    """
    while error is not None:
        for number, words in NO_ROOM.items():
            if getattr(error, "errno", None) == number or words in str(error).lower():
                return OSError(number, os.strerror(number))
        error = error.__cause__ or error.__context__
    return None
