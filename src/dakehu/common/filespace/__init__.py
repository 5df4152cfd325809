"""
Folders reached by URL: local by default, SFTP or FTP where the inbox stands elsewhere.

One small protocol for all of them; passwords never stand in what is raised or shown.
"""

from pathlib import Path

from dakehu.common.filespace.ftp import FtpFilespace
from dakehu.common.filespace.local import LocalFilespace
from dakehu.common.filespace.sftp import SftpFilespace
from dakehu.common.filespace.values import (
    Cause,
    Entry,
    Filespace,
    FilespaceUnreachable,
    FileVanished,
    address_of,
)

__all__ = [
    "Cause",
    "Entry",
    "FileVanished",
    "Filespace",
    "FilespaceUnreachable",
    "is_remote",
    "open_filespace",
]


def open_filespace(url: str) -> Filespace:
    """
    Open the folder at a URL, or at a local path.

    :raises FilespaceUnreachable: if it cannot be reached, with the cause.
    """
    if not is_remote(url):
        path = address_of(url).path if url.startswith("file://") else url
        return LocalFilespace(Path(path))
    address = address_of(url)
    if address.scheme == "sftp":
        return SftpFilespace(address)
    if address.scheme in ("ftp", "ftps"):
        return FtpFilespace(address)
    raise FilespaceUnreachable(address.shown, Cause.BAD_URL, address.scheme)


def is_remote(url: str) -> bool:
    """Tell whether a URL leads away from this machine's own folders."""
    return "://" in url and not url.startswith("file://")
