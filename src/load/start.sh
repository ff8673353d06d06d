#!/bin/sh
# start.sh [TIMES]: after ./mvnw package, how long a start takes until it is ready, and what is resident then, with the image's ahead-of-time
# cache (k8s/train.sh) and without it, in turn. Needs java (25) and wget.
set -e
times=${1:-5}
port=${PORT:-8080}
application=$(mktemp -d)
trap 'rm -rf "$application"' EXIT
cp -r target/quarkus-app/. "$application"
train=$(realpath k8s/train.sh)
cd "$application"
PORT=$port sh "$train" > train.log 2>&1 || { cat train.log; exit 1; }
export JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders" QUARKUS_HTTP_PORT="$port" QUARKUS_HTTP_HOST=127.0.0.1

start() { # NAME OPTION
  export VETHLAB_DATA_DIR="$application/data-$1"
  begun=$(date +%s%N)
  java $2 -jar quarkus-run.jar > "$1.log" 2>&1 &
  server=$!
  until wget -q -O /dev/null "http://127.0.0.1:$port/q/health/ready"; do
    kill -0 $server
    sleep 0.02
  done
  ready=$(($(date +%s%N) - begun))
  echo "$1: ready after $((ready / 1000000)) ms, $(($(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' /proc/$server/status) / 1024)) MiB resident"
  kill -TERM $server
  wait $server || true
}

for i in $(seq "$times"); do
  start with -XX:AOTCache=vethlab.aot
  start without -Xshare:auto
done
