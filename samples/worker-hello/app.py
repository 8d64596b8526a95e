import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"Hello from web, with a worker beside it\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def web():
    port = int(os.environ.get("PORT", "5000"))
    print(f"listening on {port}", flush=True)
    ThreadingHTTPServer(("0.0.0.0", port), Hello).serve_forever()


def worker():
    while True:
        print("worked", flush=True)
        time.sleep(1)


def release():
    print("released", flush=True)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
{"web": web, "worker": worker, "release": release}[sys.argv[1]]()
