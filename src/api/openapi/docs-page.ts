import { html, raw } from "hono/html";
import { LIMITS } from "../../contract.ts";
import { EXAMPLE } from "./document.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; line-height: 1.6;
    font-family: system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
  code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
  pre { overflow-x: auto; padding: 1rem; border: 1px solid #8886; border-radius: .5rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-top: 1px solid #8884; }
  h2 { margin-top: 2.5rem; } h3 { margin: 1.75rem 0 .25rem; }
  .method { text-transform: uppercase; font-weight: 700; }
`;

const GROUPS = [
  ["score", "Submitting and jobs · 提交与评分记录"],
  ["runs", "Runs and reports · 运行与报告"],
  ["service", "Service · 服务"],
] as const;

/** The API document for people, from the same list as `/openapi.json`. */
export async function renderDocs(origin: string): Promise<string> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Touchstone API</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>Touchstone API</h1>
<p>For tools: <a href="/openapi.json">OpenAPI 3.1</a>, <a href="/openapi-dify.json">OpenAPI 3.0 for Dify's
custom tools</a>, and the Model Context Protocol at <code>${origin}/mcp</code>.</p>
<p>Send your key as <code>Authorization: Bearer …</code> or <code>X-API-Key: …</code>. Bodies are JSON, form or
multipart, at most ${LIMITS.bodyBytes / 1024 / 1024} MB. Errors are <code>application/problem+json</code> with a
<code>code</code>, a sentence that says what to do, and a <code>request_id</code>.</p>
<pre>curl -s ${origin}/api/score/async \\
  -H 'Authorization: Bearer YOUR_KEY' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(EXAMPLE)}'</pre>
${GROUPS.map(
  ([tag, title]) => html`<h2>${title}</h2>
${OPERATIONS.filter((operation) => operation.tag === tag).map(renderOperation)}`,
)}
</main>
</body>
</html>`;
  return page.toString();
}

function renderOperation(operation: Operation) {
  const { method, path, summary, parameters = [], success } = operation;
  return html`<section>
<h3 id="${operation.id}"><code><span class="method">${method}</span> ${path}</code></h3>
<p>${summary}. <strong>${success.status}</strong>: ${success.description}</p>
${
  parameters.length > 0
    ? html`<table><thead><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr></thead><tbody>
${parameters.map(
  (parameter) =>
    html`<tr><td><code>${parameter.name}</code></td><td>${parameter.in}</td><td>${parameter.description}</td></tr>`,
)}</tbody></table>`
    : ""
}
</section>`;
}
