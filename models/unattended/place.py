"""Places where lists lie: a folder of the server, or a storage of OCA's ``fs_storage``. They know nothing of Odoo."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import count

# Of a file that is still being written, whatever it will be called.
PARTIAL = (".tmp", ".part", ".filepart", ".crdownload")
DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# What the protocols of a storage call the moment at which a file was changed.
TIMES = ("mtime", "LastModified", "last_modified", "modified", "modify", "updated", "created")


class PlaceError(Exception):
    """A place that cannot be reached, or refuses; its text says why."""


@dataclass(frozen=True)
class Found:
    """A file that lies in a place."""

    name: str
    size: int
    modified: datetime | None  # UTC, as Odoo keeps moments
    stamp: str  # of another content there is another one


def split_folder(folder: str) -> list[str]:
    """Return the names that lead from a place to a folder in it.

    :raise PlaceError: if the folder is not below the place
    """
    parts = [part for part in folder.split("/") if part not in ("", ".")]
    if folder.startswith("/") or ".." in parts or "\\" in folder or "\0" in folder:
        raise PlaceError(folder)
    return parts


def is_wanted(name: str) -> bool:
    """Tell whether a file is neither hidden nor still being written."""
    return not name.startswith((".", "~$")) and not name.lower().endswith(PARTIAL)


def free_name(name: str, is_taken) -> str:
    """Return the name, with a number if there is such a file already."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (name, "")
    names = (f"{stem} ({number}){ending}" if number > 1 else name for number in count(1))
    return next(one for one in names if not is_taken(one))


@contextmanager
def _refusals(errors) -> Iterator[None]:
    """Give errors of a place the one type that those who use it know."""
    try:
        yield
    except errors as error:
        raise PlaceError(str(error) or type(error).__name__) from error


class FolderPlace:
    """A folder below the one that the server's configuration allows.

    It is opened anew for each look, name by name and never through a link: what a link was exchanged for in between
    is not followed either.
    """

    def __init__(self, root: str, folder: str) -> None:
        self.root, self.parts = root, split_folder(folder)

    @contextmanager
    def _open(self, *further: str, make: bool = False) -> Iterator[int]:
        """Open the folder, or one in it."""
        with _refusals(OSError):
            handle = os.open(os.path.realpath(self.root), DIRECTORY)
            try:
                for name in (*self.parts, *further):
                    if make and name in further:
                        self._make(name, handle)
                    inner = os.open(name, DIRECTORY, dir_fd=handle)
                    os.close(handle)
                    handle = inner
                yield handle
            finally:
                os.close(handle)

    @staticmethod
    def _make(name: str, handle: int) -> None:
        try:
            os.mkdir(name, mode=0o770, dir_fd=handle)
        except FileExistsError:
            return

    def find(self) -> list[Found]:
        """Return the files of the folder; links and what is no file are none."""
        with self._open() as handle:
            states = [(name, os.stat(name, dir_fd=handle, follow_symlinks=False)) for name in os.listdir(handle)]
        return [
            Found(
                name,
                state.st_size,
                datetime.fromtimestamp(int(state.st_mtime), timezone.utc).replace(tzinfo=None),
                f"{state.st_size}-{state.st_mtime_ns}",
            )
            for name, state in states
            if stat.S_ISREG(state.st_mode)
        ]

    def get_bytes(self, name: str, limit: int) -> bytes:
        """Return the bytes of a file, of a larger one no more than the limit and one."""
        with self._open() as handle:
            # Without waiting: a pipe that took the file's place would never end.
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=handle)
            with os.fdopen(file, "rb") as stream:
                if not stat.S_ISREG(os.fstat(file).st_mode):
                    raise PlaceError(name)
                return stream.read(limit + 1)

    def move(self, name: str, folder: str) -> None:
        """Move a file to a folder beside it, which is made on first use."""
        with self._open() as source, self._open(folder, make=True) as target:
            there = set(os.listdir(target))
            os.rename(name, free_name(name, there.__contains__), src_dir_fd=source, dst_dir_fd=target)

    def delete(self, name: str) -> None:
        """Delete a file."""
        with self._open() as handle:
            os.unlink(name, dir_fd=handle)


class StoragePlace:
    """A folder of a file system as ``fsspec`` knows them: SFTP, FTP, S3, WebDAV and others."""

    def __init__(self, get_system, folder: str) -> None:
        """:param get_system: gives the file system; connects, so that it may fail"""
        self._get_system, self.folder = get_system, "/".join(split_folder(folder))
        self._connected = None

    @property
    def _system(self):
        self._connected = self._connected or self._get_system()
        return self._connected

    def _path(self, *names: str) -> str:
        return "/".join(part for part in (self.folder, *names) if part)

    def find(self) -> list[Found]:
        """Return the files of the folder; links and what is no file are none."""
        with _refusals(Exception):  # each protocol has errors of its own
            self._system.invalidate_cache()
            infos = self._system.ls(self._path(), detail=True)
            return [_found(info) for info in infos if info.get("type") == "file" and not info.get("islink")]

    def get_bytes(self, name: str, limit: int) -> bytes:
        """Return the bytes of a file, of a larger one no more than the limit and one."""
        with _refusals(Exception), self._system.open(self._path(name), "rb") as stream:
            return stream.read(limit + 1)

    def move(self, name: str, folder: str) -> None:
        """Move a file to a folder beside it, which is made on first use."""
        with _refusals(Exception):
            system = self._system
            system.makedirs(self._path(folder), exist_ok=True)
            target = free_name(name, lambda one: system.exists(self._path(folder, one)))
            system.mv(self._path(name), self._path(folder, target))

    def delete(self, name: str) -> None:
        """Delete a file."""
        with _refusals(Exception):
            self._system.rm_file(self._path(name))


def _found(info: dict) -> Found:
    """What a file system tells of a file."""
    said = next((info[name] for name in TIMES if info.get(name)), None)
    size = int(info.get("size") or 0)
    return Found(info["name"].rstrip("/").rpartition("/")[2], size, _moment(said), f"{size}-{said}")


def _moment(said) -> datetime | None:
    """A moment as file systems tell it: with or without time zone, as seconds since 1970, or as digits."""
    if isinstance(said, int | float):
        said = datetime.fromtimestamp(int(said), timezone.utc)
    elif isinstance(said, str):
        digits = "".join(character for character in said if character in "0123456789")[:14]
        try:
            # UTC, as FTP and ISO 8601 with Z have it.
            said = datetime.strptime(f"{digits}+0000", "%Y%m%d%H%M%S%z")
        except ValueError:
            return None
    if not isinstance(said, datetime):
        return None
    if said.tzinfo:
        said = said.astimezone(timezone.utc)
    return said.replace(tzinfo=None, microsecond=0)
