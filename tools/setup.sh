#!/bin/sh
# Makes .uv (the package manager, pinned) and .venv (Dakehu with its tools). Quick when up to date.
set -eu
cd "$(dirname "$0")/.."

python="${PYTHON:-python3}"
if ! command -v "$python" >/dev/null 2>&1; then
    echo "Python 3.11 to 3.13 is needed, but '$python' was not found. Name it: make setup PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
    echo "Python 3.11 to 3.13 is needed; '$python' is $("$python" --version). Name another: make setup PYTHON=/path/to/python3" >&2
    exit 1
fi

wanted=$(sed -n 's/^uv==//p' tools/uv.txt)
if [ "$(.uv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$wanted" ]; then
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        # Debian keeps this part of Python in a package of its own.
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -q && apt-get install -qy python3-venv
        else
            echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv" >&2
            exit 1
        fi
    fi
    "$python" -m venv --clear .uv
    .uv/bin/pip install --quiet --disable-pip-version-check -r tools/uv.txt
fi

# uv would otherwise fetch an interpreter of its own where it likes none of the machine's. Naming
# one only while there is no environment keeps uv from building the environment anew each time.
export UV_PYTHON_DOWNLOADS=never
if [ ! -x .venv/bin/python ]; then
    UV_PYTHON=$("$python" -c 'import sys; print(sys.executable)')
    export UV_PYTHON
fi
.uv/bin/uv sync --locked --quiet
.venv/bin/python -m tools.catalogues
