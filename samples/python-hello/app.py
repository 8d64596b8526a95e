import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from greeting import greet


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        body = (greet("Python") + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
port = int(os.environ.get("PORT", "5000"))
print(f"listening on {port}", flush=True)
ThreadingHTTPServer(("0.0.0.0", port), Hello).serve_forever()
