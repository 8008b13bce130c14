# Two Paho clients in one process, as simple chat programs in Python use it: each publishes and is subscribed at QoS 1.
# usage: paho_pair.py PORT. Then a line "COUNT GAP_MS SIZE BACK" on the input gives a line of COUNT one-way times in microseconds.
import sys
import threading
import time

import paho.mqtt.client as mqtt

TOPIC = "bench/paho"


class Person:
    def __init__(self, name, port):
        self.times, self.wanted, self.done = [], 0, threading.Event()
        self.name = name
        self.client = mqtt.Client(name, protocol=mqtt.MQTTv311)
        self.client.on_message = self.on_message
        ready = threading.Event()
        self.client.on_subscribe = lambda *_: ready.set()
        self.client.connect("127.0.0.1", port)
        self.client.subscribe(TOPIC, 1)
        self.client.loop_start()
        ready.wait(10)

    def on_message(self, client, data, message):
        now = time.monotonic_ns()
        sender, sent = message.payload[:30].split(b" ")[:2]
        if sender.decode() != self.name:
            self.times.append((now - int(sent)) / 1000)
            if len(self.times) >= self.wanted:
                self.done.set()


ana, bia = Person("ana", int(sys.argv[1])), Person("bia", int(sys.argv[1]))
print("ready", flush=True)
for line in sys.stdin:
    count, gap, size, back = (int(part) for part in line.split())
    sender, receiver = (bia, ana) if back else (ana, bia)
    receiver.times, receiver.wanted = [], count
    receiver.done.clear()
    for i in range(count):
        payload = b"%s %020d " % (sender.name.encode(), time.monotonic_ns())
        sender.client.publish(TOPIC, payload.ljust(size, b"."), 1)
        time.sleep((gap + i * 7 % 4) / 1000)
    receiver.done.wait(30)
    print(" ".join("%.1f" % t for t in receiver.times), flush=True)
