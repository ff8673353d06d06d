#!/bin/sh
# train.sh: run in the directory of quarkus-run.jar, writes vethlab.aot there, the JVM's cache of what a start and a first lab need.
# The options must be those of the later runs (Dockerfile), or the JVM does not take the cache.
set -e
port=${PORT:-8080}
data=$(mktemp -d)
export VETHLAB_DATA_DIR="$data" QUARKUS_HTTP_PORT="$port"
java -XX:AOTCacheOutput=vethlab.aot -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -jar quarkus-run.jar &
server=$!
for i in $(seq 120); do
  wget -q -O /dev/null "http://127.0.0.1:$port/q/health/ready" && break
  sleep 0.5
done
session=$(wget -q -O - --header 'Content-Type: application/json' --post-data '{"world":"lab"}' "http://127.0.0.1:$port/api/v1/sessions" \
  | sed 's/.*"id":"\([^"]*\)".*/\1/')
type() { # NODE COMMAND
  wget -q -O /dev/null --header 'Content-Type: application/json' --post-data "{\"node\":\"$1\",\"command\":\"$2\"}" \
    "http://127.0.0.1:$port/api/v1/sessions/$session/exec"
}
type host 'docker run -d --name web -p 5001:5001 my-app'
type client 'curl -s http://192.168.1.10:5001/'
type host 'iptables -t nat -vnL; ip addr; docker ps'
kill -TERM $server
wait $server || true
rm -rf "$data"
[ -s vethlab.aot ]
