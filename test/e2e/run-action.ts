import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import * as z from "zod";

const Words = z.record(z.string(), z.string());
const Action = z.object({
  inputs: z.record(
    z.string(),
    z.object({ required: z.boolean().optional(), default: z.string().optional() }),
  ),
  runs: z.object({
    using: z.literal("composite"),
    steps: z.tuple([
      z.object({ id: z.string(), shell: z.literal("bash"), env: Words, run: z.string() }),
    ]),
  }),
});
const Workflow = z.object({
  jobs: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ uses: z.string().optional(), with: Words.optional() })) }),
  ),
});
const Template = z.object({
  touchstone: z.object({
    variables: Words,
    script: z.array(z.string()),
    allow_failure: z.object({ exit_codes: z.number() }),
  }),
});
const Spec = z.object({
  spec: z.object({ inputs: z.record(z.string(), z.object({ default: z.string() })) }),
});

const ACTION = Action.parse(parse(readFileSync("action.yml", "utf8")));

interface Ran {
  code: number;
  output: string;
  /** What the step gave to the next ones, and the page of the run. */
  outputs: Record<string, string>;
  summary: string;
}

/** The npm client as a file, which `npx` takes as it takes a name. */
export function packClient(): string {
  const folder = mkdtempSync(join(tmpdir(), "packed-client-"));
  const words = ["pack", "--json", "--pack-destination", folder];
  const said = execFileSync("npm", words, {
    cwd: "clients/js",
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [, name = ""] = /"filename":\s*"([^"]+)"/.exec(said) ?? [];
  return join(folder, name);
}

/** The step of an example workflow that uses the action, as GitHub runs it: expressions filled in, inputs by the environment. */
export function runExample(
  path: string,
  expressions: Record<string, string>,
  others: Record<string, string>,
): Promise<Ran> {
  const { jobs } = Workflow.parse(parse(readFileSync(path, "utf8")));
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const [step, ...more] = steps.filter(({ uses }) => uses?.includes("touchstone@") ?? false);
  if (!step?.with || more.length > 0)
    throw new Error(`${path} uses the action ${more.length} times`);
  const given = Object.fromEntries(
    Object.entries(step.with).map(([name, value]) => [name, fill(value, expressions)]),
  );
  return runAction({ ...given, ...others });
}

export function runAction(given: Record<string, string>): Promise<Ran> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(ACTION.inputs, name));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(", ")}`);
  const inputs = Object.fromEntries(
    Object.entries(ACTION.inputs).map(([name, input]) => {
      const value = given[name] ?? input.default;
      if (value === undefined) throw new Error(`the action needs ${name}`);
      return [`inputs.${name}`, value];
    }),
  );
  const [step] = ACTION.runs.steps;
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, value]) => [name, fill(value, inputs)]),
  );
  return runShell("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], env);
}

/** The job of the GitLab template, by the plain shell its image may have. */
export function runTemplate(
  given: Record<string, string>,
  secrets: Record<string, string>,
): Promise<Ran> {
  const [head, body] = parseAllDocuments(
    readFileSync("examples/ci/touchstone.gitlab-ci.yml", "utf8"),
  );
  const { spec } = Spec.parse(head?.toJS());
  const { touchstone } = Template.parse(body?.toJS());
  const variables = Object.fromEntries(
    Object.entries(touchstone.variables).map(([name, value]) => {
      const [, input = ""] = /^\$\[\[ inputs\.(\w+) \]\]$/.exec(value) ?? [];
      const filled = given[input] ?? spec.inputs[input]?.default;
      if (filled === undefined) throw new Error(`the template has no input ${input}`);
      return [name, filled];
    }),
  );
  return runShell("sh", ["-e", "-c", touchstone.script.join("\n")], { ...variables, ...secrets });
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nobody says what ${name} is`);
    return value;
  });
}

function runShell(shell: string, words: string[], variables: Record<string, string>): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), "action-"));
  const files = {
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
  };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const { PATH = "", HOME = "" } = process.env;
  const npm = {
    npm_config_offline: "true",
    npm_config_cache: join(folder, "cache"),
    npm_config_loglevel: "error",
  };
  const env = {
    PATH: `${resolve("node_modules/.bin")}:${PATH}`,
    HOME,
    ...npm,
    ...files,
    ...variables,
  };
  return new Promise((done) => {
    execFile(shell, words, { env, cwd: folder }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      const lines = readFileSync(files.GITHUB_OUTPUT, "utf8").matchAll(/^(\w+)=(.*)$/gm);
      const outputs = Object.fromEntries(
        [...lines].map(([, name = "", value = ""]) => [name, value]),
      );
      const summary = readFileSync(files.GITHUB_STEP_SUMMARY, "utf8");
      rmSync(folder, { recursive: true, force: true });
      done({ code, output: stdout + stderr, outputs, summary });
    });
  });
}
