"""Where a measurement comes from: the processor, the versions and the day."""

import datetime
import platform
from pathlib import Path

import numpy as np

import nnlib

__all__ = ["cpu_name", "versions"]


def cpu_name() -> str:
    """Return the processor's name, as far as the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def versions() -> dict[str, str]:
    """Return what every measurement names: versions, and the day."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "nnlib": nnlib.__version__,
        "date": datetime.date.today().isoformat(),
    }
