#!/usr/bin/env bash
# Runs a command on a computer with Avahi: a daemon of its own, with a bus of its own, seen by nobody outside. To be run as root in a network namespace.
# Usage: avahi.sh HOST SERVICES COMMAND...     HOST: the name it answers to; SERVICES: a folder of service files, or - for none
set -euo pipefail
if [ "${AVAHI_ALONE:-}" != yes ]; then
  AVAHI_ALONE=yes exec unshare --mount bash "$0" "$@"
fi

host="$1"
services="$2"
shift 2
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus /run/avahi-daemon
if [ "$services" != - ]; then
  mount --bind "$services" /etc/avahi/services
fi

printf '[server]\nhost-name=%s\nuse-ipv4=yes\nuse-ipv6=yes\n[publish]\n[reflector]\n[rlimits]\n' "$host" >/run/avahi.conf
pids=
cleanup() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
}
trap cleanup EXIT
trap 'exit 143' TERM
dbus-daemon --system --nofork --nopidfile --nosyslog >/run/dbus.log 2>&1 &
pids="$!"
for _ in $(seq 1 100); do [ -S /run/dbus/system_bus_socket ] && break; sleep 0.1; done
avahi-daemon --no-drop-root --no-chroot --no-rlimits -f /run/avahi.conf >/run/avahi.log 2>&1 &
pids="$! $pids"
for _ in $(seq 1 100); do grep -q 'startup complete' /run/avahi.log && break; sleep 0.1; done
grep -q 'startup complete' /run/avahi.log || { cat /run/dbus.log /run/avahi.log >&2; exit 1; }
"$@" &
pids="$! $pids"
wait "$!"
