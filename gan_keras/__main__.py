"""`python -m gan_keras` is `gan-keras`."""

from gan_keras.cli import main

main(prog_name="gan-keras")
