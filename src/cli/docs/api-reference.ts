import { globSync, readFileSync } from "node:fs";
import type * as z from "zod";
import type { Need } from "../../access/route-policy.ts";
import { Submission } from "../../contract/submission.ts";
import { ERRORS } from "../../errors.ts";
import type { Route } from "../../http/route.ts";
import { answersOf, problemsOf } from "../../openapi/answers.ts";
import { inBraces, OPERATIONS, type Operation } from "../../openapi/operations.ts";
import { parametersOf } from "../../openapi/parameters.ts";
import { componentSchemas, describeSchema, nameOfSchema } from "../../openapi/schemas.ts";
import { ROUTES, type Section } from "../../routes/all-routes.ts";
import { outerCode } from "../../words/said.ts";
import { WARNINGS } from "../../words/say.ts";
import { fieldsOf, typeOf } from "./describe-schema.ts";

export const GROUPS: Record<Section, string> = {
  score: "Submitting and jobs · 提交与评分记录",
  runs: "Runs and reports · 运行与报告",
  experiments: "Test sets and experiments · 测试集与实验",
  service: "Service · 服务",
};

/** The API as Markdown, from the very list that `/openapi.json` is made of. */
export function renderApiReference(): string {
  const schemas = componentSchemas();
  const comments = readFieldComments();
  return [
    "# API",
    "",
    "Written by `npm run docs` from the routes in `src/routes/`, which `GET /openapi.json` serves; do not edit here. A running server shows the same at `/docs`.",
    "",
    "本页由程序生成，与 `/openapi.json` 一致。",
    "",
    "Send a key as `Authorization: Bearer …` or `X-API-Key: …`. Bodies are JSON, form or multipart, a submission also `text/plain` that holds JSON. Times are ISO 8601 in UTC. Lists give `next_cursor`; send it back as `cursor`.",
    "",
    ...Object.entries(GROUPS).flatMap(([section, title]) => [
      `## ${title}`,
      "",
      ...OPERATIONS.filter((operation) => operation.section === section).flatMap(renderOperation),
    ]),
    "## Access · 权限",
    "",
    "Who may call what; what is not named here nobody may. Keys have the role `submit`, `read`, `run` (both) or `admin` (all). 谁可调用哪个接口；未列出的一律不可。",
    "",
    ...table(["route 接口", "needs 需要", "also 另可"], Object.values(ROUTES).map(describeAccess)),
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

const NEEDS: Partial<Record<Need, string>> = {
  public: "nothing 无需密钥",
  any: "any key 任意密钥",
  deployment: "`admin` of all projects 全部项目的 `admin`",
};

function describeAccess({ method, path, policy }: Route): string[] {
  const { need, own, share, keyInQuery } = policy;
  const also = [
    ...(own ? ["`submit`, of its own jobs 仅限自己提交的"] : []),
    ...(share ? ["share link of the run 该次运行的分享链接"] : []),
    ...(keyInQuery ? ["key as `?key=`"] : []),
  ];
  return [`${method} ${inBraces(path)}`, NEEDS[need] ?? `\`${need}\``, also.join("; ")];
}

function renderOperation(operation: Operation): string[] {
  const { method, path, body, lenientBody } = operation;
  const parameters = parametersOf(operation);
  return [
    `### ${method} ${path}`,
    "",
    `${operation.en}.`,
    "",
    `${operation.zh}。`,
    "",
    ...describeBody(body ?? lenientBody),
    ...answersOf(operation).map(
      ({ status, description, body }) =>
        `- ${status}: ${description}${body ? ` ${linkTo(body)}` : ""}`,
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

function describeBody(body: Operation["lenientBody"]): string[] {
  if (body === undefined) return [];
  if (body !== "upload") return [`- Body: ${linkTo(body)}`];
  return [
    `- Body: a JSON array, JSON Lines, CSV or an .xlsx workbook of ${linkTo(Submission)}; text in UTF-8, or another charset that is found out and told`,
  ];
}

/** To what a named schema holds; one without a name in a few words. */
function linkTo(schema: z.ZodType): string {
  const name = nameOfSchema(schema);
  return name ? `[${name}](#${name.toLowerCase()})` : typeOf(describeSchema(schema, "output"));
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

/**
 * What the comments of the contract say of its fields, by `Schema.field`: there they help who writes code, here who reads
 * the reference, and neither Worker nor dashboard carries them.
 */
function readFieldComments(): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  for (const source of globSync("src/contract/*.ts")) {
    let schema = "";
    const found = readFileSync(source, "utf8").matchAll(
      /^(?:export )?const (\w+) =|^ {2}\/\*\*([\s\S]*?)\*\/\n {2}(\w+):/gm,
    );
    for (const [, name, comment, field] of found) {
      if (name !== undefined) schema = name;
      if (comment === undefined || field === undefined) continue;
      comments.set(`${schema}.${field}`, comment.replace(/\s*\n\s*\*?\s*/g, " ").trim());
    }
  }
  return comments;
}
