import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE_SECONDS = 5 * 60
KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))

# In production, use a table with a unique key, written in the same transaction as your work, so
# that all of your servers share it.
handled = set()


def handle(event):
    print(event["type"], event["id"], flush=True)  # Do your work here.


def is_genuine(headers, body):
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if not timestamp or not timestamp.isdecimal():
        return False
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    given = (headers["webhook-signature"] or "").encode().split(b" ")
    return any(hmac.compare_digest(signature, expected) for signature in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.receive(body))
        self.end_headers()

    def receive(self, body):
        if not is_genuine(self.headers, body):
            return 401
        message_id = self.headers["webhook-id"]
        if message_id not in handled:
            try:
                handle(json.loads(body))
            except Exception as fault:
                self.log_error("%s failed: %r", message_id, fault)
                return 500
            handled.add(message_id)
        return 204


# It handles one request at a time, so that a message is never handled twice concurrently.
server = HTTPServer(("", int(os.environ.get("PORT", "3000"))), Receiver)
print("listening on", server.server_port, flush=True)
server.serve_forever()
