#!/usr/bin/env python3
"""The full screen in a busy room: one week of forty people, then more of them while somebody types and turns pages.

Usage: benchmarks/busy_screen.py [--messages 50000] [--rate 200] [--keys 200] [--pages 200]
Needs artifacts/papo (./publish), mosquitto, and the benchmark program (dotnet build benchmarks/Papo.Bench -c Release).
Prints: what the room holds, first paint, memory, key to glyph at rest and while messages arrive, a page jump from its key to the end of its picture.
"""
import argparse, os, select, shutil, statistics, subprocess, sys, tempfile, time
from screen import ROWS, Screen, free_port

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAPO = os.path.join(ROOT, "artifacts", "papo")
BENCH = ["dotnet", os.path.join(ROOT, "benchmarks", "Papo.Bench", "bin", "Release", "net10.0", "Papo.Bench.dll")]
PAGE_UP, PAGE_DOWN = b"\x1b[5~", b"\x1b[6~"
REST = 8  # seconds without a key, to see what memory a reader who stopped is left with
END_OF_PICTURE = b"\x1b[?2026l"


def quantiles(times):
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):.2f}  p95 {ordered[int(len(ordered) * 0.95)]:.2f}  worst {ordered[-1]:.2f} ms ({len(ordered)})"


def page(screen, key):
    """Milliseconds from a key that turns a page to the end of the picture it leads to; None when nothing was left to turn."""
    began = time.perf_counter()
    os.write(screen.fd, key)
    out = b""
    while END_OF_PICTURE not in out:
        if not select.select([screen.fd], [], [], 0.5)[0]:
            return None
        out += os.read(screen.fd, 65536)
    took = 1000 * (time.perf_counter() - began)
    screen.read(0.02)
    return took


def turn(screen, key, count):
    return [took for took in (page(screen, key) for _ in range(count)) if took is not None]


def type_letters(screen, count):
    times = []
    for i in range(count):
        times.append(screen.key(b"QXZJ"[i % 4:i % 4 + 1])[0])  # letters that nobody in the room writes
        if i % 40 == 39:
            os.write(screen.fd, b"\x15")  # the composer stays one line
            screen.read(0.05)
        time.sleep(0.05)
    return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=50_000)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="papo-busy-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    os.chmod(folder, 0o755)
    port = free_port()
    settings = os.path.join(folder, "mosquitto.conf")
    with open(settings, "w") as file:
        file.write(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n")
    broker = subprocess.Popen([shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"mqtt://127.0.0.1:{port}"
    who = ["--home", os.path.join(folder, "papo"), "--name", "ana", "--broker", address, "--lang", "en"]
    speaker = None
    try:
        time.sleep(0.5)
        began = time.time()
        lines = os.path.join(folder, "lines")
        with open(lines, "wb") as out:
            tail = subprocess.Popen([PAPO, "tail", "general", "-n", "0", *who], stdout=out, stderr=subprocess.DEVNULL)
        time.sleep(3)
        subprocess.run([*BENCH, "speak", address, str(options.messages), "0", "7"], check=True)
        heard = -1
        while heard != os.path.getsize(lines):
            heard = os.path.getsize(lines)
            time.sleep(3)
        tail.terminate()
        tail.wait()
        os.remove(lines)
        size = sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)
        print(f"{options.messages} messages of a week, taken in within {time.time() - began:.0f} s, {size / 1e6:.0f} MB on disk")

        screen = Screen([PAPO, *who], folder)
        screen.read(1.5)
        print(f"first paint {1000 * screen.painted:.0f} ms, memory {screen.memory():.0f} MB")
        print("a page up:", quantiles(turn(screen, PAGE_UP, options.pages)))
        print("a page down:", quantiles(turn(screen, PAGE_DOWN, options.pages)))
        turned = screen.memory()
        screen.read(REST)
        print(f"memory {turned:.0f} MB after the pages, {screen.memory():.0f} MB once their reader has rested")
        os.write(screen.fd, b"\x1b[1;3F\x15")
        screen.read(1)
        print("key to glyph at rest:", quantiles(type_letters(screen, options.keys)))
        count = int(options.rate * (options.keys * 0.06 + 6))
        speaker = subprocess.Popen([*BENCH, "speak", address, str(count), str(options.rate), "0"])
        screen.read(3)
        os.write(screen.fd, b"\x15")
        screen.read(0.05)
        print(f"key to glyph while {options.rate} messages a second arrive:", quantiles(type_letters(screen, options.keys)))
        speaker.wait()
        screen.read(0.5)
        print(f"memory {screen.memory():.0f} MB")
        screen.end()
    finally:
        for process in (speaker, broker):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
