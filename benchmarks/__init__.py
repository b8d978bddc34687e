"""What gan_keras costs and what it reaches, measured: `python -m benchmarks.FOLDER.FILE`.

    making/   the files that ship with the package and with the tests
    pages/    results as JSON, as tables in docs/, as pictures
    loops/    the same game in loops of several kinds, each in a process of its own
    speed/    how long things take
    quality/  what trained models are worth, and pictures of them
    site/     docs/, examples, a gallery and the reference, as a site
    resumable.py  many runs, each made once, whatever stops them

Imports point up this list, never down, and run from the project's root.
"""
