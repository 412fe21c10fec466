import { ERRORS } from "../../errors.ts";
import { answersOf, problemsOf } from "../../openapi/answers.ts";
import type { Operation } from "../../openapi/operation.ts";
import { OPERATIONS } from "../../openapi/operations.ts";
import { parametersOf } from "../../openapi/parameters.ts";
import { componentSchemas } from "../../openapi/schemas.ts";
import { outerCode } from "../../words/said.ts";
import { WARNINGS } from "../../words/say.ts";
import { fieldsOf, typeOf } from "./describe-schema.ts";
import { readFieldComments } from "./field-comments.ts";
import { SUMMARIES_ZH } from "./summaries-zh.ts";

export const GROUPS: Record<Operation["tag"], string> = {
  score: "Submitting and jobs · 提交与评分记录",
  runs: "Runs and reports · 运行与报告",
  service: "Service · 服务",
};

/** The API as Markdown, from the very list that `/openapi.json` is made of. */
export function renderApiReference(): string {
  const schemas = componentSchemas();
  const comments = readFieldComments();
  return [
    "# API",
    "",
    "Written by `npm run docs` from `src/api/openapi/`, which `GET /openapi.json` serves; do not edit here. A running server shows the same at `/docs`.",
    "",
    "本页由程序生成，与 `/openapi.json` 一致。",
    "",
    "Send a key as `Authorization: Bearer …` or `X-API-Key: …`. Bodies are JSON, form or multipart, a submission also `text/plain` that holds JSON. Times are ISO 8601 in UTC. Lists give `next_cursor`; send it back as `cursor`.",
    "",
    ...Object.entries(GROUPS).flatMap(([tag, title]) => [
      `## ${title}`,
      "",
      ...OPERATIONS.filter((operation) => operation.tag === tag).flatMap(renderOperation),
    ]),
    "## Errors · 错误",
    "",
    "Every refusal is `application/problem+json`, a [Problem](#problem) with one of these codes.",
    "",
    ...table(
      ["status", "code", "title", "中文"],
      Object.entries(ERRORS).map(([code, [status, { en, zh }]]) => [
        String(status),
        `\`${code}\``,
        en,
        zh,
      ]),
    ),
    "## Warnings · 警告",
    "",
    "What a submission is told besides its scores: a [Warning](#warning) with one of these codes. `Accept-Language: zh` or `en` chooses the language of all sentences; without it they are English.",
    "",
    ...table(
      ["code", "message and fix", "说明与处理"],
      Object.entries(WARNINGS).map(([code, { en, zh, fix }]) => [
        `\`${outerCode(code)}\``,
        `${en} ${fix.en}`,
        `${zh}${fix.zh}`,
      ]),
    ),
    "## Schemas · 数据结构",
    "",
    ...Object.entries(schemas).flatMap(([name, schema]) => renderSchema(name, schema, comments)),
  ].join("\n");
}

function renderOperation(operation: Operation): string[] {
  const { id, method, path, summary, takes } = operation;
  const parameters = parametersOf(operation);
  const body = operation.takesSubmission ? "Submission" : takes;
  return [
    `### ${method.toUpperCase()} ${path}`,
    "",
    `${summary}.`,
    "",
    `${SUMMARIES_ZH[id]}。`,
    "",
    ...(body ? [`- Body: [${body}](#${body.toLowerCase()})`] : []),
    ...(operation.takesUpload
      ? [
          "- Body: a JSON array, JSON Lines, CSV or an .xlsx workbook of [Submission](#submission); text in UTF-8, or another charset that is found out and told",
        ]
      : []),
    ...answersOf(operation).map(
      ({ status, description, schema }) =>
        `- ${status}: ${description}${schema ? ` [${schema}](#${schema.toLowerCase()})` : ""}`,
    ),
    `- Refused with ${problemsOf(operation).join(", ")}`,
    "",
    ...(parameters.length === 0
      ? []
      : table(
          ["parameter", "in", "meaning"],
          parameters.map(({ name, in: place, description }) => [`\`${name}\``, place, description]),
        )),
  ];
}

function renderSchema(
  name: string,
  schema: unknown,
  comments: ReadonlyMap<string, string>,
): string[] {
  const fields = fieldsOf(schema);
  const meaningOf = (field: string) =>
    comments.get(`${name}.${field}`) ??
    (name.endsWith("Project") ? comments.get(`projectSettings.${field}`) : undefined) ??
    "";
  return [
    `### ${name}`,
    "",
    ...(fields.length === 0
      ? [typeOf(schema), ""]
      : table(
          ["field", "type", "meaning"],
          fields.map(({ name: field, type, isRequired, description }) => [
            `\`${field}\`${isRequired ? "" : " (optional)"}`,
            type,
            description || meaningOf(field),
          ]),
        )),
  ];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, "\\|").replaceAll("<", "\\<")).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line), ""];
}
