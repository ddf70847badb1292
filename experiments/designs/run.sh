#!/usr/bin/env bash
# Runs one study of each design on real images and renders its report into reports/.
#
#   run.sh PROGRAM [FOLDER]     FOLDER holds emnist-47-*; default: ../shared/data/emnist-47; run from the repository's root
set -euo pipefail
program=$1; folder=${2:-../shared/data/emnist-47}
for design in zip one_at_a_time random nested halving; do
  "$program" run "configs/design_$design.yaml" --db designs.db --out "reports/design_$design" \
    --set data.source=emnist --set data.split='"47"' --set data.path="$folder" \
    --set data.train_images=20000 --set data.test_images=5000
done
