"""Folders of this machine, among them mounted ones, which can vanish as well."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dakehu.common.filespace.values import (
    Cause,
    Closing,
    Entry,
    FilespaceUnreachable,
    FileVanished,
    is_own_disk,
    part_name,
)

_CAUSES = {
    errno.EACCES: Cause.NOT_PERMITTED,
    errno.EPERM: Cause.NOT_PERMITTED,
    errno.EROFS: Cause.NOT_PERMITTED,
    errno.ENOSPC: Cause.FULL,
    errno.EDQUOT: Cause.FULL,
    errno.ESTALE: Cause.LOST,
    errno.EIO: Cause.LOST,
    errno.ENOTCONN: Cause.LOST,
}


class LocalFilespace(Closing):
    """A folder of this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root
        if not root.is_dir():
            raise FilespaceUnreachable(str(root), Cause.NO_SUCH_FOLDER)

    @property
    def url(self) -> str:
        """The folder itself."""
        return str(self._root)

    def entries(self, folder: str = "") -> list[Entry]:
        """List a folder."""
        with self._told(folder):
            found = []
            with os.scandir(self._root / folder) as scan:
                for one in scan:
                    is_folder = one.is_dir()
                    size = 0 if is_folder else one.stat().st_size
                    found.append(Entry(one.name, is_folder, size))
            return sorted(found)

    def fetch(self, path: str, *, into: Path) -> Path:
        """Copy a file, so that what is judged cannot change while it is judged."""
        with self._told(path, copying_here=True):
            aside = Path(part_name(str(into)))
            shutil.copyfile(self._root / path, aside)
            return aside.replace(into)

    def read(self, path: str, *, limit: int) -> bytes:
        """Return the beginning of a file."""
        with self._told(path), (self._root / path).open("rb") as file:
            return file.read(limit)

    def put(self, path: str, content: bytes | Path) -> None:
        """Write a file aside, make sure of it, and give it its name."""
        with self._told(path):
            target = self._root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = Path(part_name(str(target)))
            with aside.open("wb") as out:
                if isinstance(content, Path):
                    with content.open("rb") as source:
                        shutil.copyfileobj(source, out)
                else:
                    out.write(content)
                out.flush()
                os.fsync(out.fileno())
            aside.replace(target)

    @contextmanager
    def _told(self, path: str, *, copying_here: bool = False) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, NotADirectoryError):
            if not self._root.is_dir():
                raise FilespaceUnreachable(self.url, Cause.NO_SUCH_FOLDER) from None
            raise FileVanished(self.url, path) from None
        except OSError as error:
            if copying_here and is_own_disk(error):
                raise
            cause = _CAUSES.get(error.errno or 0, Cause.OTHER)
            raise FilespaceUnreachable(self.url, cause, error.strerror or "") from error
