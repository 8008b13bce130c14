#!/usr/bin/env python3
"""How long a key takes to its glyph, and what a screen costs at rest: Papo, WeeChat and profanity in turns on one machine.

Usage: benchmarks/screen.py [--rounds 3] [--keys 200] [--idle 10] [--settle 12] [--profile HOME NAME BROKER]     --keys 0: the first picture alone
Needs artifacts/papo (./publish), mosquitto, weechat-curses, profanity. Prints one row a program: medians over the rounds.
At rest: the processor's nanoseconds of the whole process (CLOCK_PROCESS_CPUTIME_ID, which counts threads that ended, and no ticks of 10 ms), over --idle
seconds that begin --settle seconds after the last key. Run it under `chrt -f 10` where others load the machine: every program inherits that.
With --profile an existing profile is opened instead of a new one, to measure a room with many messages.
"""
import argparse, fcntl, json, os, pty, select, shutil, signal, socket, statistics, struct, subprocess, sys, tempfile, termios, time

COLUMNS, ROWS = 100, 30


class Screen:
    """A program on a terminal of its own that answers what terminals answer."""

    def __init__(self, command, folder):
        environment = dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8", HOME=folder)
        environment.pop("NO_COLOR", None)
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.painted = None

    def read(self, patience):
        """What it writes until it is quiet for so long; answers questions on the way."""
        out = b""
        while select.select([self.fd], [], [], patience)[0]:
            try:
                some = os.read(self.fd, 65536)
            except OSError:
                break
            if not some:
                break
            if self.painted is None and len(out) + len(some) > 200:
                self.painted = time.perf_counter() - self.began
            out += some
            for question, answer in ((b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\")):
                if question in some:
                    os.write(self.fd, answer)
        return out

    def key(self, letter):
        """Milliseconds from a key to its glyph; bytes of the answer."""
        began = time.perf_counter()
        os.write(self.fd, letter)
        out = b""
        while letter not in out:
            if not select.select([self.fd], [], [], 2)[0]:
                raise RuntimeError("a key was not drawn within 2 s")
            out += os.read(self.fd, 65536)
        took = 1000 * (time.perf_counter() - began)
        return took, len(out) + len(self.read(0.02))

    def cpu(self):
        """Seconds of processor of the whole process, in ns."""
        return time.clock_gettime((~self.pid << 3) | 2)  # clock_getcpuclockid(3)

    def memory(self):
        lines = open(f"/proc/{self.pid}/status").read().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        for _ in range(50):
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            self.read(0.1)
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


def free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


def measure(command, folder, keys, idle, settle):
    screen = Screen(command, folder)
    screen.read(1.5)
    if keys == 0:
        result = {"paint": 1000 * (screen.painted or 0), "memory": screen.memory()}
        screen.end()
        return result
    times, sizes = [], []
    for i in range(keys):
        time.sleep(0.015 + 0.0037 * (i % 17))
        took, size = screen.key(b"QXZJ"[i % 4:i % 4 + 1])
        times.append(took)
        sizes.append(size)
    os.write(screen.fd, b"\x15")  # or the next round would go on with this one's draft
    settled = time.perf_counter() + settle
    while (left := settled - time.perf_counter()) > 0:
        screen.read(left)
    before, began, written = screen.cpu(), time.perf_counter(), 0
    while (left := began + idle - time.perf_counter()) > 0:
        if select.select([screen.fd], [], [], left)[0]:
            written += len(os.read(screen.fd, 65536))
    result = {
        "paint": 1000 * (screen.painted or 0), "median": statistics.median(times), "p95": sorted(times)[int(len(times) * 0.95)],
        "bytes": statistics.mean(sizes), "cpu": 100 * (screen.cpu() - before) / idle, "written": written, "memory": screen.memory(),
    }
    screen.end()
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--idle", type=float, default=10)
    parser.add_argument("--settle", type=float, default=12)
    parser.add_argument("--profile", nargs=3)
    options = parser.parse_args()
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folder = tempfile.mkdtemp(prefix="papo-screen-")
    port = free_port()
    broker = subprocess.Popen(["/usr/sbin/mosquitto" if os.path.exists("/usr/sbin/mosquitto") else "mosquitto", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    home, name, address = options.profile or (os.path.join(folder, "papo"), "ana", f"mqtt://127.0.0.1:{port}")
    programs = {"papo": [os.path.join(root, "artifacts", "papo"), "--home", home, "--name", name, "--broker", address, "--lang", "en"]}
    if shutil.which("weechat"):
        programs["weechat"] = ["weechat", "-d", os.path.join(folder, "weechat")]
    if shutil.which("profanity"):
        programs["profanity"] = ["profanity"]
    results = {each: [] for each in programs}
    try:
        time.sleep(0.5)
        for _ in range(options.rounds):
            for each, command in programs.items():
                results[each].append(measure(command, folder, options.keys, options.idle, options.settle))
    finally:
        broker.terminate()
        broker.wait()
        shutil.rmtree(folder, ignore_errors=True)
    middle = {each: {figure: statistics.median(run[figure] for run in runs) for figure in runs[0]} for each, runs in results.items()}
    json.dump(results, open(os.path.join(root, "artifacts", "screen.json"), "w"))
    if options.keys == 0:
        print({each: f"{row['paint']:.0f} ms to the first picture" for each, row in middle.items()})
        return
    print("| program | first paint ms | key to glyph ms p50 | p95 | bytes a key | at rest: CPU % | bytes written | memory MB |")
    print("|---|---|---|---|---|---|---|---|")
    for each, row in middle.items():
        print(f"| {each} | {row['paint']:.0f} | {row['median']:.2f} | {row['p95']:.2f} | {row['bytes']:.0f} | {row['cpu']:.3f} | {row['written']:.0f} | {row['memory']:.0f} |")


if __name__ == "__main__":
    sys.exit(main())
