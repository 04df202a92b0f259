#!/usr/bin/env bash
# Measures how searchers scale with a slow oracle, on silos of this machine, and prints a table as Markdown. Needs redis-server and Azurite
# (.ci/services) and a build of src/Client.
#
#   tests/cluster/scale.sh > table.md
#
# TEMPERA=PATH measures another build. TASK=tfbind8 DELAY=50 SILOS="1 2 4" SEARCHERS="0 1 2 4 8" SECONDS_EACH=30 WARM_UP=10 are the defaults; a task with data needs TEMPERA_DATA.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
tempera=${TEMPERA:-$here/src/Client/bin/Release/net10.0/tempera}
task=${TASK:-tfbind8} delay=${DELAY:-50} seconds=${SECONDS_EACH:-30} warm_up=${WARM_UP:-10}
work=$(mktemp -d)
pids=()
silos=()
stop() { ((${#pids[@]} == 0)) || kill -9 "${pids[@]}" 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
await() { for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done; printf 'not ready: %s\n' "$*" >&2; exit 1; }

redis=$(port) blob=$(port)
redis-server --port "$redis" --bind 127.0.0.1 --save '' --appendonly no >/dev/null & pids+=($!)
node "$here/artifacts/azurite/node_modules/azurite/dist/src/blob/main.js" --blobHost 127.0.0.1 --blobPort "$blob" --location "$work/blobs" \
  --silent --disableTelemetry --skipApiVersionCheck >/dev/null & pids+=($!)
key='Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='
export TEMPERA_SILO_REDIS=127.0.0.1:$redis TEMPERA_SILO_LISTEN_ADDRESS=127.0.0.1 TEMPERA_SILO_ADVERTISED_ADDRESS=127.0.0.1
export TEMPERA_SILO_STORAGE_CONNECTION_STRING="DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$blob/devstoreaccount1;"
await redis-cli -p "$redis" ping
await curl -s "127.0.0.1:$blob"

printf '| silos | searchers | unique evaluations/s | rounds/s | policy age, mean (most) | silos with searchers |\n|---|---|---|---|---|---|\n'
for count in ${SILOS:-1 2 4}; do
  # Each number of silos is a cluster of its own in the same storage.
  cluster=scale-$count silos=() gateways=()
  for ((i = 0; i < count; i++)); do
    gateway=$(port) http=$(port)
    TEMPERA_SILO_NAME=silo-$i TEMPERA_SILO_CLUSTER_ID=$cluster TEMPERA_SILO_SILO_PORT=$(port) TEMPERA_SILO_GATEWAY_PORT=$gateway \
      TEMPERA_SILO_HTTP_PORT=$http "$tempera" silo >"$work/silo-$count-$i.log" 2>&1 & silos+=($!) pids+=($!)
    await curl -sf "127.0.0.1:$http/health/ready"
    gateways+=("127.0.0.1:$gateway")
  done
  export TEMPERA_CLUSTER=$(IFS=,; printf '%s' "${gateways[*]}") TEMPERA_CLUSTER_ID=$cluster
  for searchers in ${SEARCHERS:-0 1 2 4 8}; do
    id=s$count-$searchers
    "$tempera" start "$task" --id "$id" --rounds 1000000 --set "searchers=$searchers" --set "oracle_delay_ms=$delay" --set threads=1 >/dev/null
    sleep $((seconds + warm_up))
    "$tempera" status "$id" --json >"$work/status.json"
    "$tempera" cancel "$id" >/dev/null
    "$tempera" watch "$id" --after 0 --json >"$work/events.jsonl"
    python3 - "$count" "$searchers" "$warm_up" "$work" <<'P'
import json, sys
silos, searchers, warm_up, work = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
rounds = [e for e in map(json.loads, open(work + '/events.jsonl')) if e.get('event') == 'round']
first, last = next(e for e in rounds if e['seconds'] >= warm_up), rounds[-1]
time = last['seconds'] - first['seconds']
ages = [e['policy_age'] for e in rounds if e.get('policy_age') is not None]
age = f'{sum(ages) / len(ages):.1f} ({max(ages)})' if ages else '-'
used = len({s['silo'] for s in json.load(open(work + '/status.json'))['searchers'] if s['silo']})
print(f'| {silos} | {searchers} | {(last["oracle_calls"] - first["oracle_calls"]) / time:.1f} | {(last["round"] - first["round"]) / time:.2f} | {age} | {used or "-"} |', flush=True)
P
  done
  kill -9 "${silos[@]}" 2>/dev/null || true
done
