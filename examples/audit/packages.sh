#!/bin/sh
# Prints those of the packages that are installed, a line each.
if command -v dpkg-query >/dev/null; then
  has() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
elif command -v rpm >/dev/null; then
  has() { rpm -q "$1" >/dev/null 2>&1; }
elif command -v apk >/dev/null; then
  has() { apk info -e "$1" >/dev/null 2>&1; }
else
  echo "no dpkg, rpm or apk here" >&2
  exit 2
fi
for package in "$@"; do
  if has "$package"; then echo "$package"; fi
done
