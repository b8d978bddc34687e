"""Scores load no TensorFlow before one of them needs it."""

import subprocess
import sys


def test_metrics_come_without_tensorflow():
    code = (
        "import sys, gan_keras.metrics, gan_keras.running.score_names; "
        "print(sorted({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
