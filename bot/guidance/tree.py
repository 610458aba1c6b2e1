"""The files of the content folders; a later folder's file replaces an earlier's."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

_ENDINGS = {".md", ".yml"}


class Tree:
    """The content files by their path inside a content folder."""

    def __init__(self, dirs: Sequence[Path]) -> None:
        self.dirs = tuple(dirs)
        self._paths: dict[str, Path] = {}
        for folder in dirs:
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                hidden = any(part.startswith(".") for part in inside.parts)
                if path.suffix in _ENDINGS and not hidden and path.is_file():
                    self._paths[inside.as_posix()] = path

    def path(self, name: str) -> Path | None:
        """Where the file is, None when no folder has it."""
        return self._paths.get(name)

    def shown(self, name: str) -> str:
        """The file's name for a message; where it belongs if it is missing."""
        path = self._paths.get(name)
        return str(path if path is not None else self.dirs[0] / name)

    def names(self, folder: str, ending: str = "") -> Iterator[str]:
        """The files under `folder` with an ending, sorted."""
        for name in sorted(self._paths):
            if name.startswith(folder + "/") and name.endswith(ending):
                yield name

    def fingerprint(self) -> str:
        """A hash over the names and bytes of all files."""
        total = hashlib.sha256()
        for name, path in sorted(self._paths.items()):
            total.update(f"{name}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()[:16]
