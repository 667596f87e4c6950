#!/usr/bin/env bash
# The tests need programs of Debian: a browser with a Chinese font, a database and a cache server.
# Where all of them are present this does nothing and needs no network.
set -euo pipefail
shopt -s nullglob

packages=()
[ -x /usr/bin/chromium ] || packages+=(chromium)
if ! command -v fc-list >/dev/null || [ -z "$(fc-list :lang=zh family)" ]; then
    packages+=(fontconfig fonts-noto-cjk)
fi
programs=(/usr/lib/postgresql/*/bin/initdb)
extensions=(/usr/share/postgresql/*/extension/postgis.control)
[ "${#programs[@]}" -gt 0 ] && [ "${#extensions[@]}" -gt 0 ] ||
    packages+=(postgresql postgresql-postgis)
command -v redis-server >/dev/null || packages+=(redis-server)
[ "${#packages[@]}" -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "install first: ${packages[*]} (the tests need them)" >&2
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
install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
"${as_root[@]}" apt-get update -qq
if [[ " ${packages[*]} " == *" postgresql "* ]]; then
    # The tests start a server of their own; Debian need not start another.
    install postgresql-common
    "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" |
        "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/tests.conf >/dev/null
fi
install "${packages[@]}"
