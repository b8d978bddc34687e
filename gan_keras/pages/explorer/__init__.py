"""A trained generator to play with: one HTML file in which it runs, without a server.

whole        the file; which of the views a model gets
samples      sliders, classes, walks, truncation: what the next four share
pictures     images
sounds       spectrograms and waves: one hears them
films        clips, which play
curves       series of readings
translator   a canvas to draw on, and what becomes of it
rows         a table, CTGAN's too: its rows, wishes, how often what comes
lines        sequences: coloured symbols, how often each stands where
controls     boxes, sliders and buttons

Each view has a script of its name; common.js is what they share, png.js marks what is saved, and
audio.js makes waves of spectrograms.
"""

from gan_keras.pages.explorer.samples import directions_of
from gan_keras.pages.explorer.whole import text_of

__all__ = ["directions_of", "text_of"]
