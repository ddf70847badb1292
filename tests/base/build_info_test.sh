#!/bin/sh
# build_info_test.sh BUILD_INFO.cmake CASE: asks the script that names the program which of two trees are the same program.
# Each case promises what its name in tests/CMakeLists.txt says.
set -eu
script=$1 case=$2
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CEILING_DIRECTORIES="$home/.."
unset GIT_DIR GIT_WORK_TREE

fail() { printf 'failed: %s\n' "$*" >&2; exit 1; }

tree() { # FOLDER : sources, as far as the script looks at them
  mkdir -p "$1/framework/base" "$1/framework/nn" "$1/framework/report" "$1/framework/store/queries" "$1/experiments"
  echo 'project(ablate)' >"$1/CMakeLists.txt"
  echo 'int main() {}' >"$1/experiments/main.cpp"
  cp "$script" "$1/framework/base/build_info.cmake"
  echo 'relu' >"$1/framework/nn/activation.cpp"
  echo 'page' >"$1/framework/report/page.cpp"
  echo 'SELECT 1' >"$1/framework/store/queries/best.sql"
}

step() { # STEP TREE [FLAGS]
  mkdir -p "$2.build"
  cmake -DSTEP="$1" -DSOURCE="$2" -DSTATE="$2.build" -DVERSION=1.2.3 -DFLAVOUR=GNU "-DFLAGS=${3:--O3}" \
    -DOUTPUT="$2.build/build_info.cpp" -P "$script" 2>>"$2.build/said"
}

build() { step before "$@" && step after "$@"; }

told() { sed -n "s/^std::string $2() { return \"\\(.*\\)\"; }$/\\1/p" "$1.build/build_info.cpp"; }

program() { # TREE [FLAGS] : builds it and prints the program's hash
  build "$@"
  told "$1" program_sha256
}

commit() { git -C "$1" init -q && git -C "$1" add -A && git -C "$1" -c user.name=a -c user.email=a@b commit -q -m "first"; }

tree "$home/a"
first=$(program "$home/a")
[ ${#first} = 64 ] || fail "no hash: '$first'"
case $case in
  contents)
    cp -r "$home/a" "$home/b" && find "$home/b" -exec touch -d '3 days ago' {} +
    [ "$(program "$home/b")" = "$first" ] || fail "times or places count"
    echo 'gelu' >"$home/b/framework/nn/activation.cpp"
    changed=$(program "$home/b")
    [ "$changed" != "$first" ] && [ ${#changed} = 64 ] || fail "an edited activation is the same program"
    tree "$home/c" && echo 'new' >"$home/c/framework/nn/untracked.hpp"
    [ "$(program "$home/c")" != "$first" ] || fail "a new source is the same program"
    tree "$home/d" && mv "$home/d/framework/nn/activation.cpp" "$home/d/framework/nn/other.cpp"
    [ "$(program "$home/d")" != "$first" ] || fail "a source of another name is the same program"
    [ "$(program "$home/a" -Ofast)" != "$first" ] || fail "other flags are the same program"
    [ "$(program "$home/a")" = "$first" ] || fail "the hash does not come back with the sources"
    ;;
  afterwards)
    echo 'another page' >"$home/a/framework/report/page.cpp"
    echo 'SELECT 2' >"$home/a/framework/store/queries/best.sql"
    echo '# store' >"$home/a/framework/store/README.md"
    [ "$(program "$home/a")" = "$first" ] || fail "what comes after the number counts"
    ;;
  git)
    [ "$(told "$home/a" code_version)" = "1.2.3+src-$(printf %.10s "$first")" ] || fail "$(told "$home/a" code_version)"
    commit "$home/a"
    [ "$(program "$home/a")" = "$first" ] || fail "a commit counts"
    told "$home/a" code_version | grep -Eq '^1\.2\.3\+[0-9a-f]{10}\.src-' || fail "no commit in $(told "$home/a" code_version)"
    echo 'new' >"$home/a/framework/nn/untracked.cpp"
    [ "$(program "$home/a")" != "$first" ] || fail "an untracked source is the same program"
    told "$home/a" code_version | grep -q -- '-dirty\.src-' || fail "not dirty: $(told "$home/a" code_version)"
    ;;
  foreign)
    mkdir "$home/foreign" && tree "$home/foreign/vendored" && echo mine >"$home/foreign/mine" && commit "$home/foreign"
    [ "$(program "$home/foreign/vendored")" = "$first" ] || fail "the repository around it counts"
    told "$home/foreign/vendored" code_version | grep -q '^1\.2\.3+src-' || fail "it took the other's commit"
    ;;
  refusing)
    commit "$home/a"
    mkdir "$home/bin" && printf '#!/bin/sh\necho "fatal: detected dubious ownership" >&2\nexit 128\n' >"$home/bin/git"
    chmod +x "$home/bin/git"
    PATH=$home/bin:$PATH
    [ "$(program "$home/a")" = "$first" ] || fail "git's refusal counts"
    echo 'gelu' >"$home/a/framework/nn/activation.cpp"
    [ "$(program "$home/a")" != "$first" ] || fail "an edit is the same program where git refuses"
    ;;
  unknown)
    step before "$home/a" && echo 'gelu' >"$home/a/framework/nn/activation.cpp" && step after "$home/a"
    [ -z "$(told "$home/a" program_sha256)" ] || fail "known although a source changed while it was compiled"
    [ "$(told "$home/a" code_version)" = "1.2.3+unknown" ] || fail "$(told "$home/a" code_version)"
    [ -n "$(program "$home/a")" ] || fail "unknown for ever"
    rm -rf "$home/a/framework"
    mkdir -p "$home/a/framework"
    [ -z "$(program "$home/a")" ] || fail "known without sources"
    ;;
  moved_back)
    cp -p "$home/a/framework/nn/activation.cpp" "$home/backup"
    echo 'gelu' >"$home/a/framework/nn/activation.cpp"
    build "$home/a"
    mv "$home/backup" "$home/a/framework/nn/activation.cpp"
    [ -z "$(program "$home/a")" ] || fail "the object of the edit is taken for the backup's"
    grep -q 'framework/nn/activation.cpp; build again' "$home/a.build/said" || fail "it does not say so"
    [ "$home/a/framework/nn/activation.cpp" -nt "$home/a.build/build_info.cpp" ] ||
      [ -n "$(find "$home/a/framework/nn/activation.cpp" -newermt '10 seconds ago')" ] || fail "the next build will not compile it"
    [ "$(program "$home/a")" = "$first" ] || fail "unknown for ever"
    ;;
  *) fail "no such case" ;;
esac
