import { globSync, readFileSync } from "node:fs";
import type * as z from "zod";
import type { Need } from "../../access/route-policy.ts";
import type { Language } from "../../contract/outcome.ts";
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
import MEANINGS from "./api-meanings.zh.json" with { type: "json" };
import { fieldsOf, typeOf } from "./describe-schema.ts";

type Words = Readonly<Record<Language, string>>;

export const GROUPS: Record<Section, Words> = {
  score: { en: "Submitting and jobs", zh: "提交与评分记录" },
  runs: { en: "Runs and reports", zh: "运行与报告" },
  experiments: { en: "Test sets and experiments", zh: "测试集与实验" },
  service: { en: "Service", zh: "服务" },
};

const WORDS = {
  en: {
    written:
      "Written by `npm run docs` from the routes in `src/routes/`, which `GET /openapi.json` serves; do not edit here. A running server shows the same at `/docs`.",
    calling:
      "Send a key as `Authorization: Bearer …` or `X-API-Key: …`. Bodies are JSON, form or multipart, a submission also `text/plain` that holds JSON. Times are ISO 8601 in UTC. Lists give `next_cursor`; send it back as `cursor`.",
    access: "Access",
    accessIs:
      "Who may call what; what is not named here nobody may. Keys have the role `submit`, `read`, `run` (both) or `admin` (all).",
    accessColumns: ["route", "needs", "also"],
    errors: "Errors",
    errorsAre:
      "Every refusal is `application/problem+json`, a [Problem](#problem) with one of these codes.",
    errorColumns: ["status", "code", "title"],
    warnings: "Warnings",
    warningsAre:
      "What a submission is told besides its scores: a [Warning](#warning) with one of these codes. `Accept-Language: zh` or `en` chooses the language of all sentences; without it they are English.",
    warningColumns: ["code", "message and fix"],
    schemas: "Schemas",
    parameterColumns: ["parameter", "in", "meaning"],
    fieldColumns: ["field", "type", "meaning"],
    refused: "Refused with",
    optional: "optional",
    stop: ".",
    public: "nothing",
    any: "any key",
    deployment: "`admin` of all projects",
    own: "`submit`, of its own jobs",
    share: "share link of the run",
    query: "key as `?key=`",
  },
  zh: {
    written:
      "本页由 `npm run docs` 根据 `src/routes/` 里的接口生成，与 `GET /openapi.json` 一致，请勿在此修改。运行中的服务在 `/docs` 显示同样的内容。",
    calling:
      "密钥放在 `Authorization: Bearer …` 或 `X-API-Key: …` 中。请求体为 JSON、表单或 multipart，提交时也可以是装着 JSON 的 `text/plain`。时间为 UTC 的 ISO 8601。列表返回 `next_cursor`，把它作为 `cursor` 传回即可翻页。",
    access: "权限",
    accessIs:
      "谁可调用哪个接口；这里没有列出的一律不可。密钥的角色是 `submit`、`read`、`run`（两者）或 `admin`（全部）。",
    accessColumns: ["接口", "需要", "另可"],
    errors: "错误",
    errorsAre:
      "每次拒绝都是 `application/problem+json`，即带有下列代码之一的 [Problem](#problem)。",
    errorColumns: ["状态", "代码", "标题"],
    warnings: "警告",
    warningsAre:
      "提交除分数之外得到的提醒：带有下列代码之一的 [Warning](#warning)。所有句子的语言由 `Accept-Language: zh` 或 `en` 决定，不写为英文。",
    warningColumns: ["代码", "说明与处理"],
    schemas: "数据结构",
    parameterColumns: ["参数", "位置", "含义"],
    fieldColumns: ["字段", "类型", "含义"],
    refused: "可能被拒绝：",
    optional: "可选",
    stop: "。",
    public: "无需密钥",
    any: "任意密钥",
    deployment: "全部项目的 `admin`",
    own: "`submit`，仅限自己提交的",
    share: "该次运行的分享链接",
    query: "密钥作为 `?key=`",
  },
} as const;

/** The API as Markdown, from the very list that `/openapi.json` is made of. */
export function renderApiReference(language: Language): string {
  const words = WORDS[language];
  const schemas = componentSchemas();
  const comments = readFieldComments();
  return [
    "# API",
    "",
    words.written,
    "",
    words.calling,
    "",
    ...Object.entries(GROUPS).flatMap(([section, title]) => [
      `## ${title[language]}`,
      "",
      ...OPERATIONS.filter((operation) => operation.section === section).flatMap((operation) =>
        renderOperation(operation, language),
      ),
    ]),
    `## ${words.access}`,
    "",
    words.accessIs,
    "",
    ...table(
      words.accessColumns,
      Object.values(ROUTES).map((route) => describeAccess(route, language)),
    ),
    `## ${words.errors}`,
    "",
    words.errorsAre,
    "",
    ...table(
      words.errorColumns,
      Object.entries(ERRORS).map(([code, [status, title]]) => [
        String(status),
        `\`${code}\``,
        title[language],
      ]),
    ),
    `## ${words.warnings}`,
    "",
    words.warningsAre,
    "",
    ...table(
      words.warningColumns,
      Object.entries(WARNINGS).map(([code, warning]) => [
        `\`${outerCode(code)}\``,
        [warning[language], warning.fix[language]].join(language === "en" ? " " : ""),
      ]),
    ),
    `## ${words.schemas}`,
    "",
    ...Object.entries(schemas).flatMap(([name, schema]) =>
      renderSchema(name, schema, comments, language),
    ),
  ].join("\n");
}

/**
 * What a description means in the language of the page. The contract says it in English, once; its Chinese stands in
 * `api-meanings.zh.json`.
 */
function meaningIn(language: Language, text: string): string {
  if (language === "en" || text === "") return text;
  const chinese = new Map(Object.entries(MEANINGS)).get(text);
  if (chinese === undefined) throw new Error(`api-meanings.zh.json has no Chinese for: ${text}`);
  return chinese;
}

function describeAccess({ method, path, policy }: Route, language: Language): string[] {
  const words = WORDS[language];
  const { need, own, share, keyInQuery } = policy;
  const needs: Partial<Record<Need, string>> = words;
  const also = [
    ...(own ? [words.own] : []),
    ...(share ? [words.share] : []),
    ...(keyInQuery ? [words.query] : []),
  ];
  const list = also.join(language === "en" ? "; " : "；");
  return [`${method} ${inBraces(path)}`, needs[need] ?? `\`${need}\``, list];
}

function renderOperation(operation: Operation, language: Language): string[] {
  const words = WORDS[language];
  const { method, path, body, lenientBody } = operation;
  const parameters = parametersOf(operation);
  const colon = language === "en" ? ": " : "：";
  return [
    `### ${method} ${path}`,
    "",
    `${operation[language]}${words.stop}`,
    "",
    ...describeBody(body ?? lenientBody, language),
    ...answersOf(operation).map(
      ({ status, description, body }) =>
        `- ${status}${colon}${meaningIn(language, description)}${body ? ` ${linkTo(body)}` : ""}`,
    ),
    `- ${words.refused} ${problemsOf(operation).join(", ")}`,
    "",
    ...(parameters.length === 0
      ? []
      : table(
          words.parameterColumns,
          parameters.map(({ name, in: place, description }) => [
            `\`${name}\``,
            place,
            meaningIn(language, description),
          ]),
        )),
  ];
}

function describeBody(body: Operation["lenientBody"], language: Language): string[] {
  if (body === undefined) return [];
  const rows = linkTo(Submission);
  if (language === "en") {
    return [
      `- Body: ${body === "upload" ? `a JSON array, JSON Lines, CSV or an .xlsx workbook of ${rows}; text in UTF-8, or another charset that is found out and told` : linkTo(body)}`,
    ];
  }
  return [
    `- 请求体：${body === "upload" ? `由 ${rows} 组成的 JSON 数组、JSON Lines、CSV 或 .xlsx 工作簿；文本为 UTF-8，其他编码会识别并说明` : linkTo(body)}`,
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
  language: Language,
): string[] {
  const words = WORDS[language];
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
          words.fieldColumns,
          fields.map(({ name: field, type, isRequired, description }) => [
            `\`${field}\`${isRequired ? "" : ` (${words.optional})`}`,
            type,
            meaningIn(language, description || meaningOf(field)),
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
