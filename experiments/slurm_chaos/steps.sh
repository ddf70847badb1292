#!/bin/sh
# A program that takes its time without a processor: an epoch lasts $STEP seconds, and it goes on from its checkpoint.
epoch=$(cat "$ABLATE_DIR/checkpoint" 2>/dev/null || echo 0)
while [ "$epoch" -lt "$ABLATE_UNTIL" ]; do
  sleep "${STEP:-0}"
  epoch=$((epoch + 1))
  echo "{\"epoch\": $epoch, \"test.accuracy\": 0.$((100 + $1 * epoch + ABLATE_SEED))}" >> "$ABLATE_METRICS"
  echo $epoch > "$ABLATE_DIR/new" && mv "$ABLATE_DIR/new" "$ABLATE_DIR/checkpoint"
done
