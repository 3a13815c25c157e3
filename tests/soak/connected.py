"""A searchd over a small index, for the scripts here that are about connections."""
import os
import re
import socket
import subprocess


def build_index(binaries, source, index):
    built = subprocess.run([f"{binaries}/izde-indexer", "rebuild", "--quiet", "--force", "--index", index, source], check=False)
    if built.returncode > 1:
        raise SystemExit("izde-indexer failed")


class Server:
    def __init__(self, binaries, index, *more):
        self.process = subprocess.Popen([f"{binaries}/izde-searchd", "--index", index, "--listen", "127.0.0.1:0", *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())[1])

    def memory(self):
        """Megabytes of its own: the pages of the index are the kernel's."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"RssAnon:\s+(\d+)", file.read())[1]) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def alive(self):
        return self.process.poll() is None

    def stop(self):
        self.process.terminate()
        return self.process.wait(10)


def connect(port, source="127.0.0.1", room=0):
    """From an address of this machine; `room`: bytes that may arrive unread."""
    client = socket.socket()
    if room:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.bind((source, 0))
    client.connect(("127.0.0.1", port))
    return client


def read_all(client):
    """What comes until the server closes; None: it did not in time."""
    answer = b""
    while True:
        try:
            more = client.recv(1 << 16)
        except ConnectionResetError:
            return answer
        except TimeoutError:
            return None
        if not more:
            return answer
        answer += more


def percentile(values, share):
    values = sorted(values)
    return values[min(int(len(values) * share), len(values) - 1)] if values else 0.0
