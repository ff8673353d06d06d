#!/bin/sh
# lab.sh FLOW RULES PORT: the lab's client, switch and Docker host with one container, in namespaces that end with this process; the host's
# rules are those in the file RULES. Then FLOW runs there. Needs root, iproute2 and iptables; nothing outside these namespaces is touched.
set -e
[ "$4" = inside ] || exec unshare -n -m --propagation private sh "$0" "$1" "$2" "$3" inside
mount -t tmpfs tmpfs /run
for n in client switch container; do ip netns add $n; done
cable() { # NAMESPACE DEVICE NAMESPACE DEVICE; "-" is the host
  ip link add "$2" type veth peer name "$4"
  [ "$1" = - ] || ip link set "$2" netns "$1"
  [ "$3" = - ] || ip link set "$4" netns "$3"
}
bridge() { # "-n NAMESPACE" or nothing, BRIDGE, PORTS…
  ip $1 link add "$2" type bridge; ip $1 link set "$2" up; on=$1 to=$2; shift 2
  for port; do ip $on link set "$port" master "$to" up; done
}
sysctl -qw net.ipv4.ip_forward=1
ip netns exec client sysctl -qw net.ipv6.conf.all.disable_ipv6=1
sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true
ip netns exec switch sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true
ip link set lo up
cable client c0 switch p0; cable - eth0 switch p1; cable - veth0 container k0
bridge "-n switch" lan0 p0 p1
bridge "" docker0 veth0
ip addr add 172.17.0.1/16 dev docker0; ip addr add 192.168.1.10/24 dev eth0; ip link set eth0 up
ip -n client addr add 192.168.1.20/24 dev c0; ip -n client link set c0 up
ip -n container addr add 172.17.0.2/16 dev k0; ip -n container link set k0 up; ip -n container route add default via 172.17.0.1
iptables-restore <"$2"
# Not exec: this shell keeps the host's namespace alive when the program has gone over to the others.
"$1" /run/netns/client /run/netns/container "$3"
