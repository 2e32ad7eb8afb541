"""A JupyterLab for tests: its own folder, its own settings, trusted copies of the notebooks."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import nbformat
from nbformat.sign import NotebookNotary
from servers import wait_until_it_answers

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
TOKEN = "a-token-for-this-test"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, and the folder that it shows."""

    address: str
    folder: Path

    def page(self, path=""):
        """Return the address of its page for a file; with "reset" no other file is open."""
        return f"{self.address}/lab{path and f'/tree/{path}'}?token={TOKEN}&reset"

    def ask(self, path, method="GET", content=None):
        """Call Jupyter's own interface and return its answer."""
        data = None if content is None else json.dumps(content).encode()
        request = Request(f"{self.address}/{path}?token={TOKEN}", method=method, data=data)
        with urlopen(request) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def write(self, name, cells):
        """Store a notebook of these cells, which nobody has trusted."""
        kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel}, cells=cells)
        nbformat.write(notebook, self.folder / name)


@contextlib.contextmanager
def running(folder, port):
    """Start JupyterLab in a folder, with copies of the notebooks, until the caller is done."""
    data = folder / ".data"
    data.mkdir()
    copy_trusted(folder, NotebookNotary(data_dir=str(data)))
    settings = {
        "IdentityProvider.token": TOKEN,
        "ServerApp.port": port,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "LabApp.news_url": None,
        "LabApp.extension_manager": "readonly",
        "LabApp.expose_app_in_browser": True,
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    environment = {k: v for k, v in os.environ.items() if k != "NNBOOK_STORE_OUTPUTS"}
    environment |= {"JUPYTER_CONFIG_DIR": str(folder / ".config"), "HOME": str(folder)}
    environment |= {"JUPYTER_DATA_DIR": str(data)}
    with (folder / "lab.log").open("w") as log:
        command = [sys.executable, "-m", "jupyterlab", *options]
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        lab = Lab(f"http://127.0.0.1:{port}", folder)
        try:
            wait_until_it_answers(f"{lab.address}/api/status?token={TOKEN}", server, log.name)
            yield lab
        finally:
            server.terminate()
            server.wait(timeout=30)


def copy_trusted(folder, notary):
    """Copy the notebooks into a folder, and trust them as `jupyter trust` does."""
    for path in NOTEBOOKS.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.write(notebook, folder / path.name)
        notary.sign(notebook)
    notary.store.close()
