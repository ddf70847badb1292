#!/usr/bin/env bash
# How much sooner two workers finish a sweep of eight equal runs (one variant, eight seeds) than one does.
#
#   scaling.sh PROGRAM [REPEATS]     default: 3 repeats, in turns, so that a noisy machine troubles both alike
set -euo pipefail
program=$(realpath "$1"); repeats=${2:-3}
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > study.yaml << 'EOF'
# How long do eight equal runs take?
study: scaling
data: {source: glyphs, train_images: 20000, test_images: 4000}
model: {hidden: [256]}
training: {epochs: 6, batch_size: 16}
seeds: 8
EOF
seconds() { # JOBS : of training alone, without the report
  rm -f a.db*
  "$program" run study.yaml -j "$1" --db a.db --out report --quiet > /dev/null
  "$program" query "SELECT 86400 * (max(julianday(ended_at)) - min(julianday(started_at))) FROM run" --db a.db --format csv | tail -1
}
for _ in $(seq "$repeats"); do
  one=$(seconds 1); two=$(seconds 2)
  awk "BEGIN {printf \"-j 1 %.1f s, -j 2 %.1f s: ratio %.3f\\n\", $one, $two, $two / $one}"
done
