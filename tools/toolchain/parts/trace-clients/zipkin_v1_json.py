"""Sends the span on standard input with py_zipkin, in the JSON of Zipkin's version 1, which no Go client writes."""

import json
import sys
from urllib.request import Request, urlopen

from py_zipkin import Encoding
from py_zipkin.transport import BaseTransportHandler
from py_zipkin.zipkin import zipkin_span

TIMEOUT_SECONDS = 10


class HttpTransport(BaseTransportHandler):
    def __init__(self, url):
        self.url = url

    def get_max_payload_bytes(self):
        return None

    def send(self, payload):
        request = Request(self.url, payload.encode(), {"Content-Type": "application/json"})
        urlopen(request, timeout=TIMEOUT_SECONDS).close()


sent = json.load(sys.stdin)
with zipkin_span(
    service_name=sent["service"],
    span_name=sent["operation"],
    binary_annotations=sent["tags"],
    transport_handler=HttpTransport(sent["url"]),
    sample_rate=100.0,
    encoding=Encoding.V1_JSON,
):
    pass
