"""What is raised where the service did not measure. It says nothing about the form."""

from __future__ import annotations


class UnmeasuredError(Exception):
    """The service gave no result; the text is a line for `check --explain`."""


class NoProbesError(UnmeasuredError):
    """422: no probe there now, or the earlier measurement whose probes were to be used again is gone."""
