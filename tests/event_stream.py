"""The process `live`, run in a thread of the test on a real socket."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from common.live import application


@contextmanager
def event_stream(port=0):
    """Serve the stream; give its port."""
    listening = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(application, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
