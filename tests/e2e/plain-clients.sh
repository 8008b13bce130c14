#!/usr/bin/env bash
# Plain MQTT clients and scripts take part: mosquitto_pub and mosquitto_sub on one side, the real program on the other.
# Usage: plain-clients.sh PORT PAPO...     PORT: of a fresh broker without configuration; PAPO: the command that runs the program.
set -euo pipefail
port="$1"
shift
papo=("$@")
work="$(mktemp -d)"
tail_pid=
sub_pid=
cleanup() {
  for pid in $tail_pid $sub_pid; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
export PAPO_BROKER="mqtt://127.0.0.1:$port" LC_ALL=C.UTF-8 NO_COLOR=1

fail() { echo "FAILED: $*" >&2; exit 1; }
ana() { PAPO_HOME="$work/ana" "${papo[@]}" --name ana "$@"; }
bia() { PAPO_HOME="$work/bia" "${papo[@]}" --name bia "$@"; }
guest() { mosquitto_pub -p "$port" -q 1 -t chat/general "$@"; }
code() { local want="$1" got=0; shift; "$@" >"$work/out" 2>"$work/err" || got=$?; [ "$got" = "$want" ] || { cat "$work/err" >&2; fail "exit code $got, not $want: $*"; }; }
until_line() { # FILE PATTERN: until a line of a growing file matches
  for _ in $(seq 1 300); do
    if grep -q -e "$2" "$1"; then return; fi
    sleep 0.1
  done
  fail "no line like $2 in $1: $(cat "$1")"
}

# Bia follows the room; a guest of each version and a script talk.
PAPO_HOME="$work/bia" "${papo[@]}" --name bia tail general --json -n 10 >"$work/tail" 2>"$work/tail.err" & # no function: its process id is wanted
tail_pid=$!
mosquitto_sub -p "$port" -V mqttv311 -t chat/general >"$work/sub" &
sub_pid=$!
for _ in $(seq 1 200); do bia who --json 2>/dev/null | grep -q '"name":"bia"' && break; done
guest -V mqttv311 -m 'from version 3.1.1'
until_line "$work/tail" 'from version 3.1.1'
guest -V mqttv5 -m 'nameless'
guest -V mqttv5 -D publish user-property from bob -m 'I am bob'
until_line "$work/tail" 'I am bob'
grep -q '"id":null,"room":"general","kind":"text","from":{"name":"bob","account":null,"device":null,"trust":"guest"},"at":"[0-9T:.-]*Z","text":"I am bob","replyTo":null,"state":null}' "$work/tail" || fail "bob as JSON: $(cat "$work/tail")"
[ "$(grep -c '"name":"guest","account":null,"device":null,"trust":"guest"' "$work/tail")" = 2 ] || fail "guests without a name: $(cat "$work/tail")"

# A script's message: an id on standard output, nothing else; everybody reads it.
code 0 ana send general 'olá, 世界'
grep -qxE '[a-z2-7]{26}' "$work/out" && [ "$(wc -l <"$work/out")" = 1 ] || fail "papo send printed: $(cat "$work/out")"
first="$(cat "$work/out")"
until_line "$work/tail" "\"id\":\"$first\""
until_line "$work/sub" 'olá, 世界'
grep -q "^{\"id\":\"$first\",\"room\":\"general\",\"kind\":\"text\",\"from\":{\"name\":\"ana\",\"account\":\"[a-z2-7]\{26\}\",\"device\":\"[a-z2-7]\{26\}\",\"trust\":\"signed\"},\"at\":\"[0-9T:.-]*Z\",\"text\":\"olá, 世界\",\"replyTo\":null,\"state\":null}\$" "$work/tail" || fail "ana as JSON: $(cat "$work/tail")"

# Standard input is one message with its lines; text after -- is literal.
printf 'uma\nduas\n' | ana send general >"$work/second" 2>/dev/null || fail "papo send from standard input"
until_line "$work/tail" '"text":"uma\\nduas"'
code 0 ana send general -- --timeout -v
until_line "$work/tail" '"text":"--timeout -v"'

# Exit codes: 2 wrong usage, 3 unreachable (and the message is kept), 4 not confirmed, 5 refused is in the tests of the broker's rules.
code 2 ana send
code 2 ana send general ''
code 2 ana send Not/A/Room hi
head -c 20000 /dev/zero | tr '\0' x >"$work/long"
if ana send general <"$work/long" >/dev/null 2>&1; then fail "a text of 20,000 bytes was sent"; else [ $? = 2 ] || fail "too long is not wrong usage"; fi
code 3 env PAPO_HOME="$work/caio" "${papo[@]}" --name caio --broker mqtt://127.0.0.1:1 send general kept --timeout 1s
grep -q . "$work/err" || fail "unreachable without a word"

# The past: each id once, bounds exclude themselves.
bia history general --json -n 50 >"$work/past" 2>/dev/null
ids="$(sed -n 's/^{"id":"\([a-z2-7]*\)".*/\1/p' "$work/past")"
[ "$(echo "$ids" | sort | uniq -d)" = "" ] || fail "an id twice: $ids"
[ "$(grep -c . "$work/past")" = 6 ] || fail "six messages were said: $(cat "$work/past")"
second="$(cat "$work/second")"
[ "$(bia history general --json --before "$second" -n 1 2>/dev/null | sed -n 's/^{"id":"\([a-z2-7]*\)".*/\1/p')" = "$first" ] || fail "--before"
[ "$(bia history general --json --after "$second" 2>/dev/null | grep -c .)" = 1 ] || fail "--after"
[ "$(sed -n 's/^{"id":"\([a-z2-7]*\)".*/\1/p' "$work/tail" | sort | uniq -d)" = "" ] || fail "tail printed an id twice"

# Nobody reads on: done, with 0, although nothing more is said.
set +o pipefail
{ got=0; bia tail general -n 10 2>/dev/null || got=$?; echo "$got" >"$work/closed"; } | head -n 1 >/dev/null
[ "$(cat "$work/closed")" = 0 ] || fail "a closed standard output ended with $(cat "$work/closed")"

kill "$tail_pid"
got=0
wait "$tail_pid" || got=$?
tail_pid=
[ "$got" = 143 ] || fail "tail ended with $got after SIGTERM"
echo "plain clients: all good"
