import type { GeneratedSample } from "./generate-samples.ts";

const ENDPOINT = "https://touchstone.test/api/score/async";

/** Does to variables what Dify's HTTP Request node does: no escaping, Python text for lists of objects. */
export function substitute(template: string, variables: Record<string, unknown>): string {
  return template.replace(/\{\{#(\w{1,50}(?:\.[A-Za-z_]\w{0,29})+)#\}\}/g, (_, selector: string) =>
    Object.hasOwn(variables, selector) ? variableText(variables[selector]) : selector,
  );
}

function variableText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) {
    if (value.length === 0) return "";
    return value.every((item) => typeof item === "string")
      ? JSON.stringify(value)
      : pythonRepr(value);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** An object whose Python `repr` is no literal, such as the enum `<FileType.IMAGE: 'image'>`. */
class Opaque {
  readonly repr: string;
  constructor(repr: string) {
    this.repr = repr;
  }
}

/** Python's `repr` of plain values. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value instanceof Opaque) return value.repr;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return stringRepr(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  const entries = Object.entries(value as Record<string, unknown>);
  return `{${entries.map(([key, item]) => `${stringRepr(key)}: ${pythonRepr(item)}`).join(", ")}}`;
}

const SHORT: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === quote) body += `\\${character}`;
    else if (SHORT[character]) body += SHORT[character];
    else if (character === " " || !/[\p{C}\p{Z}]/u.test(character)) body += character;
    else if (code < 0x100) body += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) body += `\\u${code.toString(16).padStart(4, "0")}`;
    else body += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return quote + body + quote;
}

/** The output `result` of a knowledge retrieval node. */
export function retrievalResult(sample: GeneratedSample): Record<string, unknown>[] {
  return sample.chunks.map((content, index) => ({
    metadata: {
      _source: "knowledge",
      dataset_id: "0b6c",
      dataset_name: "员工手册",
      document_id: "f2a9",
      document_name: "leave.md",
      data_source_type: "upload_file",
      segment_id: `s${index}`,
      retriever_from: "workflow",
      score: Math.round((0.9 - index / 10) * 1e4) / 1e4,
      child_chunks: [{ id: "c1", content: content.slice(0, 8), position: 0, score: 0.5 }],
      doc_metadata: null,
      position: index + 1,
    },
    title: "leave.md",
    files: index === 0 ? [new Opaque("<FileType.IMAGE: 'image'>")] : null,
    content,
    summary: sample.summaries[index] ?? null,
  }));
}

export function variablesOf(sample: GeneratedSample): Record<string, unknown> {
  return {
    "sys.query": sample.question,
    "llm.text": sample.answer,
    "kr.result": retrievalResult(sample),
    "start.ground_truth": sample.groundTruth,
  };
}

/** What a form body carries after substitution, as httpx encodes it. */
export function formRequest(sample: GeneratedSample, kind: "urlencoded" | "multipart"): Request {
  const templates = {
    question: "{{#sys.query#}}",
    answer: "{{#llm.text#}}",
    contexts: "{{#kr.result#}}",
    ground_truth: "{{#start.ground_truth#}}",
  };
  const variables = variablesOf(sample);
  const fields = Object.entries(templates).map(
    ([name, template]) => [name, substitute(template, variables)] as const,
  );
  if (kind === "multipart") return multipartRequest([...fields, ["__multipart_placeholder__", ""]]);
  const body = new URLSearchParams();
  for (const [name, value] of fields) body.append(name, value);
  return new Request(ENDPOINT, { method: "POST", body });
}

/** Written out as httpx does it: browsers' FormData would turn every line break into CRLF. */
export function multipartRequest(fields: readonly (readonly [string, string, string?])[]): Request {
  const boundary = "b0a1c2d3e4f5";
  const parts = fields.map(([name, value, fileName]) => {
    const file = fileName === undefined ? "" : `; filename="${fileName}"`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  });
  return new Request(ENDPOINT, {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join("")}--${boundary}--\r\n`,
  });
}

/** Python's `json.dumps` with and without `ensure_ascii`, as Template's tojson and Code nodes write JSON. */
export function jsonDumps(value: unknown, ensureAscii: boolean): string {
  const text = JSON.stringify(value);
  if (!ensureAscii) return text;
  return text.replace(
    /[\u0080-\uffff<>&']/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A model of what json_repair 0.61 makes of the raw JSON way. Intact JSON passes; otherwise, unquoted contexts glue
 * every item behind the first into its `summary` and the fields behind them into the item, quoted contexts are cut
 * at the first inner object and spill their keys to the top.
 */
export function repairRawJson(sample: GeneratedSample, isQuoted: boolean): Record<string, unknown> {
  const { question, answer } = sample;
  const [first, ...rest] = retrievalResult({ ...sample, summaries: sample.chunks.map(() => null) });
  const glue = rest.map((item) => pythonRepr(item)).join(", ");
  const tail = `None}${glue === "" ? "" : `, ${glue}`}]`;
  const metadata = { ...(first?.metadata as Record<string, unknown>), doc_metadata: "None" };
  const damaged = { title: first?.title, files: "None", content: first?.content, summary: tail };
  const groundTruth = sample.groundTruth ?? "";
  if (isQuoted) {
    const cut = "[{'metadata': {'_source': 'knowledge'";
    return { question, answer, contexts: cut, ...metadata, ...damaged, ground_truth: groundTruth };
  }
  return { question, answer, contexts: [{ metadata, ...damaged, ground_truth: groundTruth }] };
}

export function jsonRequest(body: string, contentType = "application/json"): Request {
  return new Request(ENDPOINT, {
    method: "POST",
    headers: { "content-type": contentType },
    body,
  });
}
