"""One run of a RAG app, sent as OpenTelemetry's SDK for Python sends it, with the attributes of OpenInference.

python3 -m venv .venv && .venv/bin/pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
TOUCHSTONE=http://localhost:8787 TOUCHSTONE_KEY=ts_… .venv/bin/python examples/traces/send.py
"""

import json
import os

from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

QUESTION = "入职满一年有几天年假？"
ANSWER = "入职满一年的员工每年有10天带薪年假。"
PASSAGES = ["员工入职满一年后，每年享有10天带薪年假。", "病假需要提交医院证明。"]

exporter = OTLPSpanExporter(
    endpoint=f"{os.environ['TOUCHSTONE']}/v1/traces",
    headers={"Authorization": f"Bearer {os.environ['TOUCHSTONE_KEY']}"},
    compression=Compression.Gzip,
)
provider = TracerProvider(resource=Resource.create({"service.name": "python-hr"}))
provider.add_span_processor(BatchSpanProcessor(exporter))
tracer = provider.get_tracer("example")

with tracer.start_as_current_span("qa") as root:
    root.set_attribute("openinference.span.kind", "CHAIN")
    root.set_attribute("input.value", QUESTION)
    root.set_attribute("session.id", "session-1")
    root.set_attribute("user.id", "王小明")
    with tracer.start_as_current_span("retrieve") as found:
        found.set_attribute("openinference.span.kind", "RETRIEVER")
        found.set_attribute("input.value", QUESTION)
        for at, text in enumerate(PASSAGES):
            found.set_attribute(f"retrieval.documents.{at}.document.content", text)
            found.set_attribute(f"retrieval.documents.{at}.document.score", 0.9 - at / 10)
    with tracer.start_as_current_span("ChatOpenAI") as model:
        model.set_attribute("openinference.span.kind", "LLM")
        model.set_attribute("llm.model_name", "gpt-6-mini")
        model.set_attribute("llm.token_count.total", 321)
        model.set_attribute("output.value", ANSWER)
    root.set_attribute("output.value", json.dumps({"answer": ANSWER}, ensure_ascii=False))
    root.set_attribute("output.mime_type", "application/json")

provider.shutdown()
print("sent", format(root.get_span_context().trace_id, "032x"))
