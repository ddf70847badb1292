#!/bin/sh
# Newton's method for a square root, from a random start: "epochs" are its steps. No framework, ten lines.
save="$ABLATE_DIR/checkpoint"
if [ -s "$save" ]; then read -r epoch x < "$save"; else epoch=0 x=$((ABLATE_SEED * 7 % 10 + 1)); fi
while [ "$epoch" -lt "$ABLATE_UNTIL" ]; do
  epoch=$((epoch + 1))
  x=$(awk "BEGIN { x = $x; printf \"%.17g\", x - $1 * (x * x - 2) / (2 * x) }")
  error=$(awk "BEGIN { e = $x - sqrt(2); printf \"%.17g\", e < 0 ? -e : e }")
  echo "{\"epoch\": $epoch, \"test.error\": $error, \"test.accuracy\": $(awk "BEGIN { print 1 - ($error > 1 ? 1 : $error) }")}" >> "$ABLATE_METRICS"
  echo "$epoch $x" > "$save.new" && mv "$save.new" "$save"
done
