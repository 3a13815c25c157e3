"""Bare connections, for the scripts here that are about these."""
import socket


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
