#!/bin/sh
# Makes sure that the tests find Chromium, a font with Chinese characters, and what lays out PDF.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-wqy-microhei"
for library in pango-1.0:libpango-1.0-0 pangoft2-1.0:libpangoft2-1.0-0 harfbuzz-subset:libharfbuzz-subset0; do
    python3 -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('${library%%:*}'))" || missing="$missing ${library#*:}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086 # the names are separate words on purpose
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
else
    echo "The tests need packages that are missing. On Debian: sudo apt-get install $missing" >&2
    exit 1
fi
