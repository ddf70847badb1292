#!/bin/sh
# edited_program.sh BUILD SOURCE [CASE...]: edits an activation without a commit, builds the program again from a copy of the
# sources, and runs a study that the program of BUILD has finished, and one that it has begun, in the same file: nothing may be
# copied and nothing resumed, and `show` must say that the program differs. Cases, of where the copy stands: checkout, no_git,
# foreign (in another project's repository).
set -eu
build=$1 source=$2
shift 2
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CEILING_DIRECTORIES="$home/.."
unset GIT_DIR GIT_WORK_TREE
mkdir "$home/bin"
ln -s /bin/true "$home/bin/gnuplot" # the sweeps' reports need no figures
PATH=$home/bin:$PATH

fail() { printf 'failed: %s\n' "$*" >&2; exit 1; }

compile() { # UNIT OBJECT SOURCE_FILE : as BUILD compiled the unit; a unit is a part of a sed expression
  command=$(sed -n "s~^ *\"command\": \"\(.*/\($1\)\)\",\$~\1~p" "$build/compile_commands.json" | head -n 1 |
    sed -e 's|\\"|"|g' -e 's| -o [^ ]* -c .*||')
  [ -n "$command" ] || fail "no unit $1 was compiled"
  (cd "$build" && eval "$command -o $2 -c $3")
}

# What the build does before the first source and after the last.
info_step() { # STEP COPY
  cmake -DSTEP="$1" -DSOURCE="$2" -DSTATE="$home" -DVERSION=0 -DFLAVOUR=copy -DFLAGS=copy -DOUTPUT="$home/build_info.cpp" \
    -P "$2/framework/base/build_info.cmake"
}

program() { # COPY NAME [OBJECT...] : links a program that knows the copy's sources
  copy=$1 name=$2
  shift 2
  info_step before "$copy" && info_step after "$copy"
  compile 'build_info\.cpp' "$home/$name.info.o" "$home/build_info.cpp"
  link=$(cd "$build" && ninja -t commands ablate | tail -n 1 | sed -e 's|^: && ||' -e 's| && :$||')
  (cd "$build" && eval "$(printf '%s\n' "$link" |
    sed -e "s|\(CMakeFiles/ablate_program.dir/[^ ]*\.o\)|$home/$name.info.o $* \1|" -e "s| -o ablate | -Wl,--allow-multiple-definition -o $home/$name |")") # the first counts
}

commit() { git -C "$1" init -q && git -C "$1" add -A && git -C "$1" -c user.name=a -c user.email=a@b commit -q -m "first"; }

place_copy() { # CASE : prints where it stands
  case $1 in
    checkout | no_git) copy=$home/$1 ;;
    foreign) copy=$home/foreign/vendored ;;
    *) fail "no case $1" ;;
  esac
  mkdir -p "$copy/experiments"
  cp -r "$source/framework" "$source/CMakeLists.txt" "$copy"
  cp "$source/experiments/main.cpp" "$copy/experiments"
  case $1 in
    checkout) commit "$copy" ;;
    foreign) commit "$home/foreign" ;;
  esac
  echo "$copy"
}

study() { # NAME
  cat >"$home/$1.yaml" <<EOF
study: $1
data: {source: glyphs, train_images: 94, test_images: 47}
model: {hidden: [4]}
training: {epochs: 3, learning_rate: {schedule: constant, initial: 0.05}}
seeds: 1
EOF
}

ask() { "$1" query --db "$home/a.db" --format csv "$2" | tail -n +2; }

run() { # PROGRAM STUDY [ARG...]
  program=$1 study=$2
  shift 2
  "$program" run "$home/$study.yaml" -j 1 --quiet --db "$home/a.db" --out "$home/report" "$@" >"$home/said" 2>&1 ||
    { cat "$home/said"; fail "$program run $study"; }
}

# Begins a long run, or goes on with it, and stops it once it has a checkpoint of this program.
begin() { # PROGRAM STUDY SHA256_OF_THE_PROGRAM
  "$1" run "$home/$2.yaml" -j 1 --quiet --db "$home/a.db" --out "$home/report" --set training.epochs=1000000 >/dev/null 2>&1 &
  child=$!
  until [ "$(ask "$1" "SELECT count(*) FROM checkpoint JOIN run ON run.id = run_id JOIN study ON study.id = study_id
      WHERE study.name = '$2' AND program_sha256 = '$3'")" = 1 ]; do
    kill -0 $child 2>/dev/null || fail "the run of $2 has ended"
    sleep 0.05
  done
  kill -INT $child
  wait $child || [ $? = 130 ] || fail "the interruption of $2"
}

sha256_of() { ask "$1" "SELECT program_sha256 FROM run JOIN study ON study.id = study_id WHERE name = '$2'"; }

check() { # CASE
  rm -f "$home"/a.db* "$home/before.info.o" "$home/after.info.o"
  copy=$(place_copy "$1")
  program "$copy" before
  sed -i 's/return functions\.relu;/return functions.leaky_relu;/' "$copy/framework/nn/activation.cpp"
  edited=$copy/framework/nn/activation.cpp
  cmp -s "$edited" "$source/framework/nn/activation.cpp" && fail "nothing was edited"
  cmp -s "$edited" "$home/activation.cpp" || { # the same in each case, and compiled once
    compile 'framework/nn/activation\.cpp\|unity_nn_0_cxx\.cxx' "$home/activation.o" "$edited"
    cp "$edited" "$home/activation.cpp"
  }
  program "$copy" after "$home/activation.o"
  before=$home/before after=$home/after
  for name in finished twin again begun; do study $name; done
  run "$before" finished
  run "$before" twin # which one program does copy
  begin "$before" begun "$(sha256_of "$before" finished)"
  run "$after" again
  begin "$after" begun "$(sha256_of "$after" again)"
  # resumed: how often the run went on from a checkpoint
  found=$(ask "$after" "SELECT study.name, exit_reason LIKE 'copied%', resumed, code_version LIKE '%-dirty%' FROM run
    JOIN study ON study.id = study_id ORDER BY run.id")
  dirty=0
  [ "$1" = checkout ] && dirty=1
  [ "$found" = "finished,0,0,0
twin,1,0,0
begun,,0,$dirty
again,0,0,$dirty" ] || fail "$1: $found"
  numbers=$(ask "$after" "SELECT count(DISTINCT test_log_loss) FROM results WHERE study IN ('finished', 'again')")
  [ "$numbers" = 2 ] || fail "$1: the edit changed no number"
  "$after" show 1 --db "$home/a.db" >"$home/said"
  grep -q "this program differs" "$home/said" || { cat "$home/said"; fail "$1: show"; }
  "$before" show 1 --db "$home/a.db" | grep -q "the same as this program's" || fail "$1: show of the program itself"
  ask "$after" "SELECT DISTINCT code_version FROM run" | grep -q unknown && fail "$1: a program does not know itself"
  echo "$1: nothing copied, nothing resumed, and show says that the program differs"
}

for case in "${@:-checkout}"; do check "$case"; done
