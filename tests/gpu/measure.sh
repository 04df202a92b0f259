#!/usr/bin/env bash
# Measures the Torch engine on a GPU and prints the whole table as Markdown. Needs a `tempera` (a self-contained publish will do) and
# libtorch with CUDA: that of TEMPERA_LIBTORCH, else of the Python on the PATH.
#
#   tests/gpu/measure.sh [PATH OF tempera] > table.md
#
# DEVICE=torch-cpu measures without a GPU; ROUNDS_SCALE=0.1 takes a tenth of the rounds; LIMIT=300 begins no cell after that many
# seconds; CELL_LIMIT=60 ends a benchmark that takes longer. Kernels are counted by kernels.c, in a second run of the cells whose batch is
# in COUNT (all), where there are a C compiler and CUPTI; KERNELS_CUPTI names its library where libtorch's Python environment does not
# hold it.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
tempera=${1:-$here/../../tempera}
device=${DEVICE:-cuda:0}
scale=${ROUNDS_SCALE:-1}
limit=${LIMIT:-86400}
cell_limit=${CELL_LIMIT:-60}
count=${COUNT:-32 512 4096 32768}

if [[ -z ${TEMPERA_LIBTORCH:-} ]] && command -v python3 >/dev/null; then
  TEMPERA_LIBTORCH=$(python3 -c 'import importlib.util, os; print(os.path.join(os.path.dirname(importlib.util.find_spec("torch").origin), "lib"))' 2>/dev/null) || TEMPERA_LIBTORCH=
  [[ -z $TEMPERA_LIBTORCH ]] || export TEMPERA_LIBTORCH
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [[ -z ${KERNELS_CUPTI:-} && -n ${TEMPERA_LIBTORCH:-} ]]; then
  KERNELS_CUPTI=$(find "$TEMPERA_LIBTORCH/../../nvidia" "$TEMPERA_LIBTORCH" -name 'libcupti*.so*' 2>/dev/null | head -1) || true
fi
counter=
if [[ $device == cuda* && -n ${KERNELS_CUPTI:-} ]] && cc -O2 -shared -fPIC -o "$work/kernels.so" "$here/kernels.c" -ldl 2>/dev/null; then
  counter=$work/kernels.so
  export KERNELS_CUPTI KERNELS_FILE=$work/kernels
fi

field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p" "$work/bench.json"; }
scaled() { awk -v n="$1" -v s="$scale" 'BEGIN { r = int(n * s); print r < 2 ? 2 : r }'; }
number() { awk -v f="$1" -v v="$2" 'BEGIN { printf f, v }'; }

# Rounds that keep a cell below about half a minute on a fast GPU.
rounds_of() {
  case $1 in
    32) scaled 200 ;; 512) scaled 100 ;; 4096) scaled 30 ;; *) scaled 10 ;;
  esac
}

# bench TASK BATCH [key=value ...]: one cell. Fails softly, because the largest batches may not fit. Sets failed, or busy, kernels and
# copies a round besides bench.json.
bench() {
  local task=$1 batch=$2 rounds arguments=()
  shift 2
  failed= busy=- kernels=- copies=-
  if ((SECONDS > limit)); then
    failed='not measured'
    return 0
  fi
  rounds=$(rounds_of "$batch")
  for setting in "$@"; do arguments+=(--set "$setting"); done
  local command=(timeout "$cell_limit" "$tempera" bench round --task "$task" --device "$device" --rounds "$rounds" --warm-up "$(((rounds + 1) / 2))"
    --set "batch=$batch" "${arguments[@]}" --json)
  "${command[@]}" >"$work/bench.json" 2>"$work/error" || {
    failed=$(tail -1 "$work/error")
    failed=${failed:-more than $cell_limit s}
    return 0
  }
  [[ " $count " != *" $batch "* ]] || count_kernels || true
}

# The same once more with every kernel recorded, which makes it slower: what a round runs is taken from it, the time from the first run.
count_kernels() {
  [[ -n $counter ]] && ((SECONDS <= limit)) || return 0
  local plain profiled
  plain=$(field wall_ms_per_round)
  KERNELS_SECONDS=$(awk -v r="$rounds" -v ms="$plain" 'BEGIN { print r * ms / 2000 }') CUDA_INJECTION64_PATH=$counter \
    "${command[@]}" >"$work/profiled.json" 2>/dev/null
  profiled=$(sed -n 's/.*"wall_ms_per_round":\([^,}]*\).*/\1/p' "$work/profiled.json")
  read -r busy kernels copies < <(awk -v plain="$plain" -v profiled="$profiled" \
    '{ rounds = $5 / profiled; printf "%.0f_%% %.0f %.0f\n", 100 * ($2 + $4) / rounds / plain, $1 / rounds, $3 / rounds }' "$work/kernels")
  busy=${busy/_/ }
}

printf '# Torch engine on %s\n\n' "$device"
printf '%s; libtorch from %s; %s\n\n' "$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader --id="${device#*:}" 2>/dev/null || echo 'no nvidia-smi')" \
  "${TEMPERA_LIBTORCH:-the build}" "$("$tempera" --version)"
"$tempera" doctor --json | sed 's/^/    /'
"$tempera" doctor --quiet | grep -qx "$device" || { printf '\nThe device does not work here; the lines above say why.\n'; exit 1; }

printf '\n## Hypergrid, trajectory balance, MLP 256x2\n\nOn-policy, unconditional, state-action, as the published peers: torchgfn 33 / 81 / 122 ms and gfnx 3.2 / 5.4 / 9.6 ms an iteration at batch 32 (a GPU they do not name).\n\n'
printf '| grid | batch | ms an iteration | CPU ms | waits | share waiting | GPU busy | kernels an iteration | copies and fills |\n|---|---|---|---|---|---|---|---|---|\n'
for batch in 32 512; do
  for grid in '2 8' '4 16' '4 32'; do
    read -r dims side <<<"$grid"
    bench hypergrid "$batch" "dims=$dims" "side=$side" width=256 parametrization=sa conditioning=none replay_batch=0 logit_rank=1 epsilon=0
    if [[ -n $failed ]]; then
      printf '| %sD side %s | %s | %s | | | | | | |\n' "$dims" "$side" "$batch" "$failed"
    else
      printf '| %sD side %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$dims" "$side" "$batch" "$(number %.2f "$(field wall_ms_per_round)")" \
        "$(number %.2f "$(field cpu_ms_per_round)")" "$(field waits_per_round)" "$(awk -v s="$(field wait_share)" 'BEGIN { printf "%.0f %%", 100 * s }')" "$busy" "$kernels" "$copies"
    fi
  done
done

printf '\n## Shapes\n\nA round draws `batch` trajectories, replays as many, and takes two gradient steps.\n\n'
printf '| shape | width | batch | ms a round | rounds/s | trajectories/s | GFLOP a round | CPU ms | waits | share waiting | GPU busy | kernels a round | copies and fills |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n'
for batch in 32 512 4096 32768; do
  for shape in 'tfbind8 128' 'tfbind8 1024' 'qm9str 1024' 'rna14 1024'; do
    read -r task width <<<"$shape"
    bench "$task" "$batch" "replay_batch=$batch" "width=$width"
    if [[ -n $failed ]]; then
      printf '| %s | %s | %s | %s | | | | | | | | | |\n' "$task" "$width" "$batch" "$failed"
    else
      printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$task" "$width" "$batch" "$(number %.2f "$(field wall_ms_per_round)")" \
        "$(awk -v ms="$(field wall_ms_per_round)" 'BEGIN { printf "%.2f", 1000 / ms }')" "$(number %.0f "$(field trajectories_per_second)")" "$(number %.1f "$(field gflop_per_round)")" \
        "$(number %.2f "$(field cpu_ms_per_round)")" "$(field waits_per_round)" "$(awk -v s="$(field wait_share)" 'BEGIN { printf "%.0f %%", 100 * s }')" "$busy" "$kernels" "$copies"
    fi
  done
done
