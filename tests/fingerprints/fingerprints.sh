#!/bin/sh
# fingerprints.sh PROGRAM: trains arithmetic.yaml under every set of kernels that this processor has, and with 1, 2 and 8
# workers, and compares every bit with tests/golden/fingerprints.txt. With ABLATE_UPDATE=1 it approves what it finds: a
# change of the numbers needs a new numbers version (framework/base/numbers_version.hpp).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
golden=$here/../golden/fingerprints.txt
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s /bin/true "$work/gnuplot" # the sweep's report needs no figures
PATH=$work:$PATH

# The fingerprint of all metrics, then a few of each variant's in full, which tell where a difference is.
fingerprints() { # KERNELS WORKERS
  rm -rf "$work/a.db" "$work/report"
  ABLATE_KERNELS=$1 "$program" run "$here/arithmetic.yaml" -j "$2" --quiet --db "$work/a.db" --out "$work/report" >&2
  "$program" doctor --fingerprint arithmetic --db "$work/a.db"
  "$program" query --db "$work/a.db" --format csv --limit 100 "SELECT variant, count(*) AS epochs,
    printf('%.17g', max(iif(split = 'test', log_loss, NULL))) AS worst_log_loss,
    printf('%.17g', max(iif(split = 'test', auc_roc, NULL))) AS best_auc_roc,
    printf('%.17g', min(learning_rate)) AS least_rate FROM curves GROUP BY variant ORDER BY variant"
}

kernels=
for one in avx512 avx2 neon portable; do
  code=0
  ABLATE_KERNELS=$one "$program" doctor --db "$work/none.db" >/dev/null 2>&1 || code=$?
  [ $code = 2 ] || kernels="$kernels $one"
done
kernels=${kernels# }
first=${kernels%% *}
[ -n "$first" ] || { echo "no kernels run here" >&2; exit 1; }
if [ "${ABLATE_UPDATE:-}" = 1 ]; then
  fingerprints "$first" 1 >"$golden"
  exit 0
fi
compare() { # KERNELS WORKERS
  if fingerprints "$1" "$2" | diff "$golden" - >&2; then
    echo "$1 kernels, -j $2: the bits of fingerprints.txt"
  else
    echo "$1 kernels, -j $2: other bits than those of fingerprints.txt" >&2
    exit 1
  fi
}
# Every set of kernels once, and 1, 2 and 8 workers: all must give the same bits, so no pair needs the others.
set -- 2 1 8
for one in $kernels; do
  compare "$one" "${1:-2}"
  [ $# = 0 ] || shift
done
for workers; do compare "$first" "$workers"; done
