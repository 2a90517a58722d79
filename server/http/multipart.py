"""Bodies of several parts, as forms with files and curl's -F send them (https://www.rfc-editor.org/rfc/rfc7578); read
with the standard library's parser of MIME.
"""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import PurePosixPath

from ontology.errors import InputError
from server.writing.payload import READ, proper
from server.writing.request import Part

MULTIPART = "multipart/form-data"
_UNTYPED = frozenset({"application/octet-stream", ""})


def split(content_type: str, body: bytes) -> tuple[Part, ...]:
    """The parts of a body that hold graphs, each with its proper media type; any other body is one part.

    A part that says nothing of its type is told by the suffix of its file.

    Raises:
        UnsupportedMediaType: a part is of a type that is not read here.
        InputError: the body is not of the form that it claims.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != MULTIPART:
        return (Part(proper(media_type), body),)
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart() or message.defects:
        raise InputError("the body has no parts between the boundary that Content-Type names", "body")
    return tuple(_part(part) for part in message.iter_parts() if part.get_filename() or "content-type" in part)


def _part(part: Message) -> Part:
    data = part.get_payload(decode=True)
    name = part.get_filename() or ""
    media_type = part.get_content_type() if "content-type" in part else ""
    if media_type in _UNTYPED:
        suffix = PurePosixPath(name).suffix
        media_type = next((format.media_type for format in READ if format.suffix == suffix), media_type)
    return Part(proper(media_type, place=name or "Content-Type"), data if isinstance(data, bytes) else b"")
