"""Files of every sort.

whole        written under a temporary name, flushed, renamed: whole or not there
places       whether something can be written where somebody wants it
marks        what a file says of its own making
errors       what the system says of files, in words
model_files  models that others have saved
"""

from gan_keras.files.places import check_adds_lines, check_folder
from gan_keras.files.whole import flush, new_folder, replacing, write_text

__all__ = ["check_adds_lines", "check_folder", "flush", "new_folder", "replacing", "write_text"]
