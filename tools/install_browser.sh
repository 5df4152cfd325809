#!/bin/sh
# Makes sure that the browser tests find Chromium and a font with Chinese characters.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-wqy-microhei"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086 # the names are separate words on purpose
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
else
    echo "The browser tests need packages that are missing. On Debian: sudo apt-get install $missing" >&2
    exit 1
fi
