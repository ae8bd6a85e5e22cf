"""Uploads: multipart/form-data taken apart, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    mime: str
    content: bytes


def split(body: bytes, content_type: str) -> tuple[dict[str, str], dict[str, Upload]]:
    """Fields and files of a body; raises ValueError if it is no multipart body."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if not boundary:
        raise ValueError("multipart body without a boundary")
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        _take(part.removeprefix(b"\r\n"), fields, files)
    return fields, files


def _take(part: bytes, fields: dict[str, str], files: dict[str, Upload]) -> None:
    head, _, content = part.partition(b"\r\n\r\n")
    headers = HeaderParser().parsestr(head.decode("utf-8", "replace"))
    name = headers.get_param("name", header="Content-Disposition")
    if not isinstance(name, str):
        raise ValueError("part without a name")  # noqa: TRY004  # the body is wrong, not a type of ours
    file_name = headers.get_filename()
    if file_name is None:
        fields[name] = content.decode("utf-8")
    else:
        files[name] = Upload(file_name, headers.get_content_type(), content)
