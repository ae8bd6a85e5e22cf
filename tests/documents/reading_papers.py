"""A PDF as others read it: by poppler's tools, which know nothing of how it was made."""

import shutil
import subprocess

import pytest

TOOLS = ("pdftotext", "pdffonts", "pdfinfo")
needs_poppler = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason="poppler-utils is not installed, nothing else reads PDFs"
)


def read(pdf: bytes, tool: str, *options: str) -> str:
    command = [tool, *options, "-", *(["-"] if tool == "pdftotext" else [])]
    done = subprocess.run(command, check=False, input=pdf, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def squeezed(text: str) -> str:
    """Without white space: a page breaks its lines where it likes."""
    return "".join(text.split())
