"""Programs that a test starts and that answer at an address of this machine."""

import time
from pathlib import Path
from urllib.request import urlopen

import pytest


def wait_until_it_answers(url, server, log):
    """Return when the address answers; fail, with the log, if the program ends or takes long."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab does not start:\n{Path(log).read_text()[-3000:]}", pytrace=False)
