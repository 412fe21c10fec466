// One run of a RAG app, sent as OpenTelemetry's SDK for JavaScript sends it, with the attributes of OpenInference.
//
// npm install --no-save @opentelemetry/sdk-trace-node @opentelemetry/exporter-trace-otlp-proto \
//   @opentelemetry/exporter-trace-otlp-http @opentelemetry/resources @opentelemetry/api
// TOUCHSTONE=http://localhost:8787 TOUCHSTONE_KEY=ts_… node examples/traces/send.mjs [json]

import { context, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

const Exporter = process.argv[2] === "json" ? JsonExporter : ProtobufExporter;
const exporter = new Exporter({
  url: `${process.env.TOUCHSTONE}/v1/traces`,
  headers: { "x-api-key": process.env.TOUCHSTONE_KEY },
});
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "js-helpdesk" }),
  spanProcessors: [new BatchSpanProcessor(exporter)],
});
const tracer = provider.getTracer("example");

const question = "How long is the warranty of the X200?";
const answer = "The X200 has a warranty of two years.";
const passages = ["The X200 comes with a two-year warranty.", "Repairs are free within it."];

const root = tracer.startSpan("qa", {
  attributes: { "openinference.span.kind": "CHAIN", "input.value": question, "session.id": "s-2" },
});
const inside = trace.setSpan(context.active(), root);
const documents = passages.flatMap((text, at) => [
  [`retrieval.documents.${at}.document.content`, text],
  [`retrieval.documents.${at}.document.id`, `doc-${at}`],
]);
tracer
  .startSpan(
    "retrieve",
    { attributes: { "openinference.span.kind": "RETRIEVER", ...Object.fromEntries(documents) } },
    inside,
  )
  .end();
root.setAttribute("output.value", answer);
root.end();
await provider.shutdown();
console.log("sent", root.spanContext().traceId);
