#!/usr/bin/env python3
"""Measures from the start of `papo` to being in the chat that another computer hosts, with no address given.

Usage (as root): benchmarks/being_found.py [PROGRAM] [RUNS]     PROGRAM: artifacts/papo by default
Three computers are network namespaces on one bridge. Cold: a new home each time. Remembered: the same home again.
A run ends when `papo` shows the room and the people in it. Results in milliseconds.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "artifacts/papo")
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
PREFIX = f"found{os.getpid()}"
COMPUTERS = ["bridge", "ana", "bia"]


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


def start(who, home, *arguments):
    environment = dict(os.environ, PAPO_HOME=home, LC_ALL="C.UTF-8")
    environment.pop("PAPO_BROKER", None)
    command = ["ip", "netns", "exec", f"{PREFIX}-{who}", PROGRAM, *arguments]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def join(home):
    begin = time.monotonic()
    papo = start("bia", home, "--name", "bia")
    for line in papo.stdout:
        if line.startswith("#general"):
            break
    else:
        sys.exit("bia did not join: " + papo.stderr.read())
    took = (time.monotonic() - begin) * 1000
    papo.stdin.close()
    papo.wait()
    return took


def report(name, times):
    times.sort()
    print(f"{name:<12} runs {len(times)}  p50 {times[len(times) // 2]:.0f}  p95 {times[int(len(times) * 0.95)]:.0f}  max {times[-1]:.0f}")


def build():
    for computer in COMPUTERS:
        ip("netns", "add", f"{PREFIX}-{computer}")
        ip("-n", f"{PREFIX}-{computer}", "link", "set", "lo", "up")
    ip("-n", f"{PREFIX}-bridge", "link", "add", "br0", "type", "bridge", "mcast_snooping", "0")
    ip("-n", f"{PREFIX}-bridge", "link", "set", "br0", "up")
    for number, who in enumerate(COMPUTERS[1:], 1):
        space = f"{PREFIX}-{who}"
        ip("link", "add", "e0", "netns", space, "type", "veth", "peer", "name", who, "netns", f"{PREFIX}-bridge")
        ip("-n", f"{PREFIX}-bridge", "link", "set", who, "master", "br0", "up")
        ip("-n", space, "addr", "add", f"10.77.0.{number}/24", "dev", "e0")
        ip("-n", space, "link", "set", "e0", "up")


def main():
    work = tempfile.mkdtemp(prefix="papo-found-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    hub = None
    try:
        build()
        hub = start("ana", os.path.join(work, "ana"), "hub", "--bind", "0.0.0.0")
        while "papo --broker" not in hub.stderr.readline():
            pass
        join(os.path.join(work, "first"))  # the space is made at the first arrival
        report("cold", [join(os.path.join(work, f"cold-{run}")) for run in range(RUNS)])
        report("remembered", [join(os.path.join(work, "cold-0")) for _ in range(RUNS)])
    finally:
        if hub is not None:
            hub.terminate()
            hub.wait()
        for computer in COMPUTERS:
            subprocess.run(["ip", "netns", "del", f"{PREFIX}-{computer}"])
        shutil.rmtree(work, ignore_errors=True)


main()
