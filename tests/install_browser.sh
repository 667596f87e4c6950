#!/usr/bin/env bash
# The browser tests need Debian's chromium and a Chinese font. Where both are present this does
# nothing and needs no network.
set -euo pipefail

packages=()
[ -x /usr/bin/chromium ] || packages+=(chromium)
if ! command -v fc-list >/dev/null || [ -z "$(fc-list :lang=zh family)" ]; then
    packages+=(fontconfig fonts-noto-cjk)
fi
[ "${#packages[@]}" -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "install first: ${packages[*]} (the browser tests need them)" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "run as root first: apt-get install ${packages[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
echo "installing ${packages[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
