#!/bin/sh
# A deterministic program in shell: a sum that hangs on seed and setting, with a child that ignores SIGTERM beside it.
save="$ABLATE_DIR/checkpoint"
if [ -s "$save" ]; then read -r epoch sum < "$save"; else epoch=0 sum=$ABLATE_SEED; fi
(trap '' TERM; sleep 30) &
while [ "$epoch" -lt "$ABLATE_UNTIL" ]; do
  epoch=$((epoch + 1))
  sum=$(((sum * 31 + epoch * $1) % 9973))
  sleep 0.02
  echo "{\"epoch\": $epoch, \"test.accuracy\": 0.$((1000 + sum)), \"test.sum\": $sum}" >> "$ABLATE_METRICS"
  echo "$epoch $sum" > "$save.new" && mv "$save.new" "$save"
done
