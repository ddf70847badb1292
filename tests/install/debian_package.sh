#!/bin/sh
# debian_package.sh BUILD: makes the Debian package of what was built and looks into it.
set -eu
build=$1
command -v dpkg-shlibdeps >/dev/null || { echo "skipped: dpkg-dev is not installed"; exit 77; }
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cpack --config "$build/CPackConfig.cmake" -B "$home" >"$home/log" 2>&1 || { cat "$home/log"; exit 1; }
package=$(echo "$home"/ablate_*.deb)
needs=$(dpkg-deb -f "$package" Depends)
for library in libc6 libfmt9 libsqlite3-0 libyaml-cpp libcurl4 libarchive13 libmicrohttpd12 gnuplot-nox; do
  case $needs in *"$library"*) ;; *) echo "does not depend on $library: $needs"; exit 1 ;; esac
done
dpkg-deb -x "$package" "$home/root"
[ ! -e "$home/root/usr/include" ] || { echo "has headers"; exit 1; }
[ -f "$home/root/usr/share/man/man1/ablate.1" ] || [ -f "$home/root/usr/share/man/man1/ablate.1.gz" ] || { echo "no manual"; exit 1; }
[ "$("$home/root/usr/bin/ablate" --version)" = "$("$build/ablate" --version)" ] || { echo "another program"; exit 1; }
