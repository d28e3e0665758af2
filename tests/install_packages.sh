#!/bin/sh
# The tests need a real browser, a real PostgreSQL, nginx and an office that opens a DOCX. As root they are installed from the distribution;
# otherwise the missing packages are named and the run stops.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
{ command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null 2>&1 || missing="$missing nginx-light"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
# The first version of these fonts has no Vietnamese letters.
ls /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf >/dev/null 2>&1 || missing="$missing fonts-liberation2"
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
