#!/usr/bin/env bash
# Measures the Torch engine on a GPU and prints the whole table as Markdown. Needs a `tempera` (a self-contained publish will do) and
# libtorch with CUDA: that of TEMPERA_LIBTORCH, else of the Python on the PATH.
#
#   tests/gpu/measure.sh [PATH OF tempera] > table.md
#
# DEVICE=torch-cpu measures without a GPU; ROUNDS_SCALE=0.1 takes a tenth of the rounds.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
tempera=${1:-$here/../../tempera}
device=${DEVICE:-cuda:0}
scale=${ROUNDS_SCALE:-1}

if [[ -z ${TEMPERA_LIBTORCH:-} ]] && command -v python3 >/dev/null; then
  TEMPERA_LIBTORCH=$(python3 -c 'import os, torch; print(os.path.join(os.path.dirname(torch.__file__), "lib"))' 2>/dev/null) || TEMPERA_LIBTORCH=
  [[ -z $TEMPERA_LIBTORCH ]] || export TEMPERA_LIBTORCH
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p" "$work/bench.json"; }
scaled() { awk -v n="$1" -v s="$scale" 'BEGIN { r = int(n * s); print r < 2 ? 2 : r }'; }

# Rounds that keep a cell below about half a minute on a fast GPU.
rounds_of() {
  case $1 in
    32) scaled 300 ;; 128) scaled 200 ;; 512) scaled 100 ;; 4096) scaled 30 ;; *) scaled 10 ;;
  esac
}

# Share of samples of the driver in which a kernel ran, while a benchmark goes on.
watch_gpu() {
  command -v nvidia-smi >/dev/null || return 0
  nvidia-smi --query-gpu=utilization.gpu --format=csv,noheader,nounits --id="${device#*:}" --loop-ms=200 >"$work/gpu" 2>/dev/null &
  watcher=$!
}

unwatch_gpu() {
  [[ -n ${watcher:-} ]] || { busy=-; return 0; }
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  watcher=
  # The second half: the first holds start-up and warm-up.
  busy=$(awk '{ v[NR] = $1 } END { for (i = int(NR / 2) + 1; i <= NR; i++) { s += v[i]; n++ }; if (n) printf "%.0f %%", s / n; else print "-" }' "$work/gpu")
}

# bench TASK BATCH [key=value ...]: one cell. Fails softly, because the largest batches may not fit.
bench() {
  local task=$1 batch=$2 rounds arguments=()
  shift 2
  rounds=$(rounds_of "$batch")
  for setting in "$@"; do arguments+=(--set "$setting"); done
  watch_gpu
  if "$tempera" bench round --task "$task" --device "$device" --rounds "$rounds" --warm-up "$(((rounds + 2) / 3))" \
    --set "batch=$batch" "${arguments[@]}" --json >"$work/bench.json" 2>"$work/error"; then
    failed=
  else
    failed=$(tail -1 "$work/error")
  fi
  unwatch_gpu
}

# Kernel launches of ten rounds, where NVIDIA's profiler is installed.
launches() {
  local task=$1 batch=$2 arguments=()
  shift 2
  command -v nsys >/dev/null || { echo '-'; return 0; }
  for setting in "$@"; do arguments+=(--set "$setting"); done
  local counts=()
  for rounds in 10 20; do
    nsys profile --trace=cuda --output="$work/profile$rounds" --force-overwrite=true "$tempera" bench round --task "$task" --device "$device" \
      --rounds "$rounds" --warm-up 2 --set "batch=$batch" "${arguments[@]}" --json >/dev/null 2>&1 || { echo '-'; return 0; }
    counts+=("$(nsys stats --report cuda_gpu_kern_sum --format csv "$work/profile$rounds.nsys-rep" 2>/dev/null | awk -F, '$3 ~ /^[0-9]+$/ { n += $3 } END { print n + 0 }')")
  done
  echo $(((counts[1] - counts[0]) / 10))
}

printf '# Torch engine on %s\n\n' "$device"
printf '%s; libtorch from %s; %s\n\n' "$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader --id="${device#*:}" 2>/dev/null || echo 'no nvidia-smi')" \
  "${TEMPERA_LIBTORCH:-the build}" "$("$tempera" --version)"
"$tempera" doctor --json | sed 's/^/    /'
"$tempera" doctor --quiet | grep -qx "$device" || { printf '\nThe device does not work here; the lines above say why.\n'; exit 1; }

printf '\n## Shapes\n\nA round draws `batch` trajectories, replays as many, and takes two gradient steps.\n\n'
printf '| shape | width | batch | rounds/s | trajectories/s | ms a round | waits a round | share waiting | GPU busy | kernels a round |\n|---|---|---|---|---|---|---|---|---|---|\n'
for task in tfbind8 rna14 qm9str; do
  for batch in 32 512 4096 32768; do
    bench "$task" "$batch" "replay_batch=$batch"
    if [[ -n $failed ]]; then
      printf '| %s | | %s | %s | | | | | | |\n' "$task" "$batch" "$failed"
    else
      printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$task" "$(field width)" "$batch" \
        "$(awk -v ms="$(field wall_ms_per_round)" 'BEGIN { printf "%.2f", 1000 / ms }')" "$(printf '%.0f' "$(field trajectories_per_second)")" \
        "$(printf '%.2f' "$(field wall_ms_per_round)")" "$(field waits_per_round)" "$(awk -v s="$(field wait_share)" 'BEGIN { printf "%.0f %%", 100 * s }')" \
        "$busy" "$(launches "$task" "$batch" "replay_batch=$batch")"
    fi
  done
done

printf '\n## Hypergrid, trajectory balance, MLP 256x2\n\nOn-policy, unconditional, state-action, as the published peers: torchgfn 33 / 81 / 122 ms and gfnx 3.2 / 5.4 / 9.6 ms an iteration at batch 32 (a GPU they do not name).\n\n'
printf '| grid | batch | ms an iteration | waits | share waiting | GPU busy | kernels an iteration |\n|---|---|---|---|---|---|---|\n'
for grid in '2 8' '4 16' '4 32'; do
  read -r dims side <<<"$grid"
  settings=("dims=$dims" "side=$side" width=256 parametrization=sa conditioning=none replay_batch=0 logit_rank=1 epsilon=0)
  for batch in 32 128 512; do
    bench hypergrid "$batch" "${settings[@]}"
    if [[ -n $failed ]]; then
      printf '| %sD side %s | %s | %s | | | | |\n' "$dims" "$side" "$batch" "$failed"
    else
      printf '| %sD side %s | %s | %s | %s | %s | %s | %s |\n' "$dims" "$side" "$batch" "$(printf '%.2f' "$(field wall_ms_per_round)")" "$(field waits_per_round)" \
        "$(awk -v s="$(field wait_share)" 'BEGIN { printf "%.0f %%", 100 * s }')" "$busy" "$(launches hypergrid "$batch" "${settings[@]}")"
    fi
  done
done
