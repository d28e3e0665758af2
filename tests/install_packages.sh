#!/bin/sh
# The tests need a real browser and a real PostgreSQL. As root they are installed from the distribution;
# otherwise the missing packages are named and the run stops.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "The tests need these packages of the distribution:$missing" >&2
  echo "Install them as root, for instance: apt-get install$missing" >&2
  exit 1
fi
