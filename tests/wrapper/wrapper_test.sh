#!/bin/sh
# wrapper_test.sh WRAPPER CASE: runs the wrapper in a checkout that has only what it looks at, with a cmake that writes down
# how it was called and "builds" a script. Each case promises what its name in tests/CMakeLists.txt says.
set -eu
wrapper=$1 case=$2
home=$(mktemp -d)
trap 'chmod -R u+w "$home"; rm -rf "$home"' EXIT
export HOME="$home" ABLATE_NO_INSTALL=1
unset ABLATE_BUILD_DIR XDG_CACHE_HOME CDPATH
calls=$home/calls
: >"$calls"

fail() { printf 'failed: %s\n' "$*" >&2; cat "$calls" >&2; exit 1; }
builds() { grep -c -- --build "$calls" || :; }

tools() { # a cmake, and everything else as it is
  mkdir -p "$home/bin"
  cat >"$home/bin/cmake" <<'CMAKE'
#!/bin/sh
printf '%s\n' "$*" >>"$HOME/calls"
case $1 in
  -S)
    cache=$4/CMakeCache.txt
    if [ -f "$cache" ] && ! grep -qx "CMAKE_HOME_DIRECTORY:INTERNAL=$2" "$cache"; then
      echo "CMake Error: The source does not match the source used to generate the cache" >&2
      exit 1
    fi
    printf 'CMAKE_HOME_DIRECTORY:INTERNAL=%s\nCMAKE_CACHEFILE_DIR:INTERNAL=%s\n' "$2" "$4" >"$cache"
    ;;
  --build)
    ! [ -e "$2/busy" ] || { echo "two builds at once" >>"$HOME/calls"; exit 1; }
    : >"$2/busy"
    sleep "${SLOW:-0}"
    printf '#!/bin/sh\nprintf "ran: %%s\\n" "$*"\n' >"$2/ablate"
    chmod +x "$2/ablate"
    rm "$2/busy"
    ;;
esac
CMAKE
  cat >"$home/bin/dpkg-query" <<'DPKG'
#!/bin/sh
shift
for name in "$@"; do printf '%s installed\n' "$name"; done
DPKG
  chmod +x "$home/bin/cmake" "$home/bin/dpkg-query"
  PATH=$home/bin:$PATH
}

checkout() { # FOLDER
  mkdir -p "$1/framework" "$1/experiments" "$1/reports/templates" "$1/tests" "$1/configs"
  echo 'project(ablate VERSION 1.2.3 LANGUAGES CXX)' >"$1/CMakeLists.txt"
  : >"$1/configs/README.md"
  cp "$wrapper" "$1/ablate"
  find "$1" -exec touch -d '1 hour ago' {} +
}

tools
checkout "$home/clone"
case $case in
  once)
    [ "$("$home/clone/ablate" runs --all)" = "ran: runs --all" ] || fail "the program got other words"
    "$home/clone/ablate" runs >/dev/null
    [ "$(builds)" = 1 ] || fail "built again although nothing changed"
    touch "$home/clone/framework/new.cpp"
    "$home/clone/ablate" runs >/dev/null
    [ "$(builds)" = 2 ] || fail "not built although a source is new"
    ;;
  link)
    mkdir "$home/links"
    ln -s "$home/clone/ablate" "$home/links/ablate"
    (cd "$home/links" && CDPATH=/tmp:$home ./ablate runs >/dev/null)
    [ -x "$home/clone/build/release/ablate" ] || fail "built elsewhere"
    [ ! -e "$home/links/build" ] || fail "built in the link's folder"
    ;;
  cdpath)
    mkdir -p "$home/other/clone"
    (cd "$home" && export CDPATH="$home/other" && clone/ablate runs >/dev/null)
    [ -x "$home/clone/build/release/ablate" ] || fail "built elsewhere"
    ;;
  silent_git)
    printf '#!/bin/sh\necho "fatal: detected dubious ownership" >&2\nexit 128\n' >"$home/bin/git"
    chmod +x "$home/bin/git"
    "$home/clone/ablate" runs >/dev/null
    "$home/clone/ablate" runs >/dev/null
    [ "$(builds)" = 1 ] || fail "built again where git is silent"
    printf '#!/bin/sh\necho 0123456789\n' >"$home/bin/git"
    "$home/clone/ablate" runs >/dev/null
    printf '#!/bin/sh\nexit 128\n' >"$home/bin/git"
    before=$(builds)
    "$home/clone/ablate" runs >/dev/null
    [ "$(builds)" = "$before" ] || fail "built again where git fell silent"
    ;;
  two_at_once)
    SLOW=0.4 "$home/clone/ablate" runs >"$home/first" 2>&1 &
    first=$!
    SLOW=0.4 "$home/clone/ablate" runs >"$home/second" 2>&1
    wait "$first" && grep -q "ran: runs" "$home/first" || fail "the first did not run"
    grep -q "ran: runs" "$home/second" || fail "the second did not run"
    [ "$(builds)" = 1 ] || fail "both built"
    ;;
  read_only)
    chmod -R a-w "$home/clone"
    mkdir "$home/.cache"
    if [ "$(id -u)" = 0 ]; then # who may write everywhere
      chmod -R a+rwX "$home/bin" "$home/.cache" "$calls" && chmod a+rx "$home"
      as="setpriv --reuid=65534 --regid=65534 --clear-groups"
    else
      as=
    fi
    $as "$home/clone/ablate" runs >"$home/out" 2>"$home/err" || fail "$(cat "$home/err")"
    grep -q "building the program in $home/.cache/ablate/" "$home/err" || fail "$(cat "$home/err")"
    [ "$(cat "$home/out")" = "ran: runs" ] || fail "did not run"
    ABLATE_BUILD_DIR=$home/clone/out $as "$home/clone/ablate" runs 2>"$home/err" && fail "built where it cannot write"
    grep -q "try: ABLATE_BUILD_DIR=" "$home/err" || fail "$(cat "$home/err")"
    ;;
  moved)
    "$home/clone/ablate" runs >/dev/null
    cp -a "$home/clone" "$home/copy"
    touch "$home/copy/framework/new.cpp"
    "$home/copy/ablate" runs >"$home/out" 2>"$home/err" || fail "$(cat "$home/err")"
    grep -q "was built as $home/clone/build/release: building anew" "$home/err" || fail "$(cat "$home/err")"
    ABLATE_BUILD_DIR=$home/clone/build/release "$home/copy/ablate" runs 2>"$home/err" && fail "took another's folder"
    grep -q "is the build folder of $home/clone" "$home/err" || fail "$(cat "$home/err")"
    ;;
  words_without_a_build)
    "$home/clone/ablate" --version >"$home/out"
    grep -Eq '^ablate 1\.2\.3, not built yet: .* takes about [0-9]+ s$' "$home/out" || fail "$(cat "$home/out")"
    "$home/clone/ablate" --help | grep -q '\./ablate run STUDY.yaml' || fail "no help"
    [ "$(builds)" = 0 ] || fail "built"
    "$home/clone/ablate" runs >/dev/null
    [ "$("$home/clone/ablate" --version)" = "ran: --version" ] || fail "did not ask the program"
    ;;
  progress)
    # Seconds pass faster here, and a build takes 12 of them, of five looks each.
    printf '#!/bin/sh\necho >>"$HOME/ticks"\nexec /bin/sleep 0.01\n' >"$home/bin/sleep"
    chmod +x "$home/bin/sleep"
    sed -i 's|sleep "${SLOW:-0}"|until [ "$(wc -l <"$HOME/ticks")" -gt 60 ]; do /bin/sleep 0.05; done|' "$home/bin/cmake"
    "$home/clone/ablate" runs 2>"$home/err" >/dev/null
    grep -Eq '^ablate:   10 s' "$home/err" || fail "$(cat "$home/err")"
    grep -Eq '^ablate: built in [0-9]+ s$' "$home/err" || fail "$(cat "$home/err")"
    rm "$home/clone/build/release/ablate"
    "$home/clone/ablate" runs 2>"$home/err" >/dev/null
    grep -Eq 'took [0-9]+ s last time' "$home/err" || fail "$(cat "$home/err")"
    ;;
  tests_in_memory)
    printf '#!/bin/sh\nprintf "%%s\\n" "${TMPDIR:-}" >"$HOME/tmpdir"\nls -ld "${TMPDIR:-.}" >"$HOME/rights"\n[ -d "$TMPDIR" ] && exit 8\nexit 9\n' >"$home/bin/ctest"
    printf '#!/bin/sh\nprintf "Avail\\n%%s\\n" "$ROOM"\n' >"$home/bin/df" # in kilobytes
    chmod +x "$home/bin/ctest" "$home/bin/df"
    code=0
    ROOM=600000 TMPDIR=$home/bin "$home/clone/ablate" test 2>/dev/null || code=$?
    [ "$code" = 8 ] && grep -qx "$home/bin" "$home/tmpdir" || fail "code $code, TMPDIR $(cat "$home/tmpdir")"
    [ -w /dev/shm ] || exit 0
    unset TMPDIR
    code=0
    ROOM=600000 "$home/clone/ablate" test || code=$?
    [ "$code" = 8 ] && grep -q ^/dev/shm/ "$home/tmpdir" || fail "code $code, TMPDIR $(cat "$home/tmpdir")"
    grep -q '^drwxr-xr-x' "$home/rights" || fail "others cannot read: $(cat "$home/rights")"
    [ ! -e "$(cat "$home/tmpdir")" ] || fail "$(cat "$home/tmpdir") is left"
    code=0
    ROOM=400000 "$home/clone/ablate" test || code=$?
    [ "$code" = 9 ] && grep -qx '' "$home/tmpdir" || fail "code $code, TMPDIR $(cat "$home/tmpdir")"
    ;;
  *) fail "no such case" ;;
esac
