"""Chromium without a network, for tests that open a page as a reader does."""

import contextlib
import re
import shutil

import numpy as np
import pytest

from gan_keras import images

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
ARGUMENTS = (
    *("--no-sandbox", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)

PIXELS = """canvas => [...canvas.getContext('2d')
    .getImageData(0, 0, canvas.width, canvas.height).data]"""


@contextlib.contextmanager
def opened():
    """A function from the path of a page to it, opened; it notes requests, errors and messages.

    A script may run `before` the page's own.

    The tests that use it are skipped where there is no browser.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("playwright is not here: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("No browser is here: apt-get install chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(offline=True, viewport={"width": 1000, "height": 900})

        def open_page(path, before=None):
            page = context.new_page()
            if before is not None:
                page.add_init_script(before)
            page.set_default_timeout(10_000)
            page.trouble, page.asked = [], []
            page.on("request", lambda request: page.asked.append(request.url))
            page.on("pageerror", lambda error: page.trouble.append(str(error)))
            page.on("console", lambda said: page.trouble.append(said.text))
            page.goto(path.resolve().as_uri())
            return page

        try:
            yield open_page
        finally:
            browser.close()


def outside(page):
    """What a page asked for beside itself and what it holds."""
    return [url for url in page.asked[1:] if not url.startswith(("data:", "blob:"))]


def pixels(page, selector, channels):
    """uint8 of a canvas, as many channels of it as a sample has."""
    canvas = page.locator(selector)
    side = canvas.evaluate("canvas => canvas.height")
    return np.reshape(canvas.evaluate(PIXELS), (side, -1, 4))[..., :channels]


def near(found, samples):
    """Whether pixels are within one level of samples."""
    expected = images.to_uint8(samples).astype(int)
    return found.shape == expected.shape and np.abs(found - expected).max() <= 1


def settled(page):
    """Waits until the grid is drawn."""
    page.locator("#status", has_text=re.compile(r"\d+ ms, by WebAssembly")).wait_for()


def save_with_sidecar(page, path, button="#save"):
    """Saves what a page's button gives, and its sidecar beside it, which both come at one click."""
    downloads = []
    page.on("download", lambda one: downloads.append(one))  # playwright takes no built-in method
    page.locator(button).press("Enter")
    for _ in range(50):
        if len(downloads) == 2:
            break
        page.wait_for_timeout(100)
    file, sidecar = downloads
    assert sidecar.suggested_filename == f"{file.suggested_filename}.xmp"
    file.save_as(path)
    sidecar.save_as(f"{path}.xmp")
