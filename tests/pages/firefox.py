"""Firefox without a window, told what to do over its own protocol: keys as a reader presses them.

Marionette listens on a port of this machine; a message is its length, a colon and JSON. Source:
Mozilla, Firefox source docs, testing/marionette, Protocol; keys: W3C WebDriver, section 17.4.2.
"""

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import time

import pytest

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
KEYS = {
    **{"Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "End": "\ue010", "Home": "\ue011"},
    **{"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015"},
}
QUIET = {  # what a new profile would ask, or ask for
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "extensions.getAddons.cache.enabled": False,
    "browser.download.folderList": 2,
    "browser.download.alwaysOpenPanel": False,
    "media.autoplay.default": 0,
}
PATIENCE = 60  # seconds until what is waited for must be there


class Firefox:
    """A page in Firefox.

    Args:
        port: where Marionette listens.
        folder: of the profile; `saved` in it has what pages save.
    """

    def __init__(self, port, folder):
        self.saved = folder / "saved"
        for _ in range(10 * PATIENCE):
            with contextlib.suppress(OSError):
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"Firefox does not listen on port {port}.")
        self.stream, self.count = self.socket.makefile("rb"), 0
        self.heard()
        self.ask("WebDriver:NewSession", acceptInsecureCerts=False)

    def heard(self):
        """The next message."""
        length = b""
        while (sign := self.stream.read(1)) != b":":
            length += sign
        return json.loads(self.stream.read(int(length)))

    def ask(self, command, **arguments):
        """What a command gives."""
        self.count += 1
        message = json.dumps([0, self.count, command, arguments]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self.heard()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result.get("value") if isinstance(result, dict) else result

    def open(self, path):
        """Opens a page of this machine."""
        self.ask("WebDriver:Navigate", url=path.resolve().as_uri())

    def read(self, expression):
        """What an expression of JavaScript gives; it sees the page's elements, not its scripts."""
        return self.ask("WebDriver:ExecuteScript", script=f"return {expression};", args=[])

    def wait(self, expression):
        """Waits until an expression is true."""
        until = time.monotonic() + PATIENCE
        while not self.read(expression):
            if time.monotonic() > until:
                raise TimeoutError(f"Never true: {expression}")
            time.sleep(0.05)

    def press(self, *keys, shift=False):
        """Presses keys, each down and up again; texts of one sign are themselves."""
        found = [
            {"type": way, "value": KEYS.get(key, key)}
            for key in keys
            for way in ("keyDown", "keyUp")
        ]
        if shift:
            held = {"value": KEYS["Shift"]}
            found = [{"type": "keyDown", **held}, *found, {"type": "keyUp", **held}]
        actions = [{"type": "key", "id": "keyboard", "actions": found}]
        self.ask("WebDriver:PerformActions", actions=actions)

    def tab_to(self, name, *, shift=False):
        """Presses Tab until an element with this id has the focus."""
        for _ in range(60):
            self.press("Tab", shift=shift)
            if self.read("document.activeElement.id") == name:
                return
        raise AssertionError(f"No Tab of 60 leads to '{name}'.")

    def picture(self):
        """The bytes of a PNG of the whole page."""
        return base64.b64decode(self.ask("WebDriver:TakeScreenshot", full=True))


@contextlib.contextmanager
def opened(folder):
    """A `Firefox` whose profile and downloads lie in a folder.

    The tests that use it are skipped where there is none.
    """
    if FIREFOX is None:
        pytest.skip("Firefox is not here: apt-get install firefox-esr")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    saved, profile = folder / "saved", folder / "profile"
    saved.mkdir()
    profile.mkdir()
    told = {**QUIET, "marionette.port": port, "browser.download.dir": str(saved)}
    lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in told.items()]
    (profile / "user.js").write_text("".join(lines))
    started = subprocess.Popen(
        [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder), "MOZ_HEADLESS_WIDTH": "1000"},
    )
    try:
        yield Firefox(port, folder)
    finally:
        started.terminate()
        started.wait(PATIENCE)
