import { html, raw } from "hono/html";
import { Marked } from "marked";
import { EXAMPLE } from "../../openapi/document.ts";
import { OPERATIONS } from "../../openapi/operations.ts";
import { GROUPS, renderApiReference } from "./api-reference.ts";
import { STYLE } from "./docs-style.ts";

/** `GET /docs`: the very reference of docs/api.md as a page, with a list of contents; no script, nothing foreign. */
export async function renderDocs(origin: string): Promise<string> {
  const body = pageMarkdown().parse(renderApiReference().replace(/^# API\n[\s\S]*?(?=\n## )/, ""));
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Touchstone API · 试金石接口</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<nav aria-label="Contents · 目录" tabindex="0">
<details><summary>Contents · 目录</summary>
${Object.entries(GROUPS).map(
  ([section, title]) => html`<p>${title}</p>
<ul>
${OPERATIONS.filter((operation) => operation.section === section).map(
  ({
    method,
    path,
  }) => html`<li><a href="#${anchorOf(`${method} ${path}`)}"><b>${method}</b> ${path.replace("/api/", "")}</a></li>
`,
)}</ul>`,
)}
<p><a href="#access--权限">Access · 权限</a></p>
<p><a href="#errors--错误">Errors · 错误</a></p>
<p><a href="#schemas--数据结构">Schemas · 数据结构</a></p>
</details>
</nav>
<main>
<p><a href="/">← Touchstone 试金石</a></p>
<h1>API</h1>
<p>For tools · 供工具使用: <a href="/openapi.json">OpenAPI 3.1</a>,
<a href="/openapi-dify.json">OpenAPI 3.0 (Dify)</a>, MCP <code>${origin}/mcp</code>.</p>
<p>Send your key as <code>Authorization: Bearer …</code> or <code>X-API-Key: …</code>. Bodies are JSON, form or
multipart. Times are ISO 8601 in UTC. Lists give <code>next_cursor</code>; send it back as <code>cursor</code>. Errors are
<code>application/problem+json</code> with a <code>code</code>, a sentence that says what to do, and a <code>request_id</code>.</p>
<p lang="zh">密钥放在 <code>Authorization: Bearer …</code> 或 <code>X-API-Key: …</code> 中；请求体为 JSON、表单或 multipart；时间为 UTC 的
ISO 8601。列表用 <code>next_cursor</code> 翻页。出错时返回 <code>code</code>、一句说明办法的话和 <code>request_id</code>。</p>
<pre tabindex="0"><code>curl -s ${origin}/api/score/async \\
  -H 'Authorization: Bearer YOUR_KEY' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(EXAMPLE, null, 2)}'</code></pre>
${raw(body)}
</main>
</body>
</html>`;
  return page.toString();
}

/** Headings one can link to, named as in docs/api.md, and tables that scroll by themselves on a narrow screen. */
function pageMarkdown(): Marked {
  return new Marked({
    async: false,
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
    hooks: {
      postprocess: (page) =>
        page
          .replaceAll("<table>", '<div class="table" tabindex="0"><table>')
          .replaceAll("</table>", "</table></div>"),
    },
  });
}

/** The anchor of a heading as the pages of a repository have it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}
