import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import * as zod from "zod";

// Two packages bring much that this Worker never calls and that bundlers cannot leave out by themselves. This bundles
// them without it (see `alias` in wrangler.toml); types, tests and `npm run score` use the packages as they are.
// - `openai` has some forty resources; the judge uses two, chat completions and embeddings: a quarter of the upload.
// - every schema of `zod` carries its way to JSON Schema, which only the build of the API documents goes.

const OUT_DIRECTORY = ".wrangler/slim";

const ENTRIES: Readonly<Record<string, string>> = {
  "virtual:openai":
    'export { OpenAI as default } from "openai/client"; export * from "openai/core/error";',
  "virtual:zod": `export { ${namesUsedOfZod().join(", ")} } from "zod";`,
};

/** What stays of the folders of `openai` that are otherwise left out. */
const UNUSED =
  /\/openai\/(?:resources\/(?!index|chat|embeddings|shared)|lib\/(?!parser|embeddings|chat-completions|ResponsesParser)|internal\/auth\/x509-workload|auth\/workload)|\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)/;

/** Whatever is asked of a left-out module is a function that gives nothing, with or without `new`. */
const LEFT_OUT = "module.exports = new Proxy({}, { get: () => function LeftOut() {} });";

const slim: Plugin = {
  name: "slim-packages",
  enforce: "pre",
  resolveId: (id) => {
    const entry = Object.keys(ENTRIES).find((name) => id.endsWith(name));
    return entry === undefined ? null : `\0${entry}`;
  },
  load(id) {
    const entry = ENTRIES[id.slice(1)];
    if (entry !== undefined) return entry;
    return UNUSED.test(id) ? { code: LEFT_OUT, moduleType: "js" } : null;
  },
};

/** Every `z.name` of the sources that is a value. */
function namesUsedOfZod(): string[] {
  const sources = globSync("src/**/*.ts", { exclude: ["src/cli/**", "src/api/openapi/**"] });
  const names = sources.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\bz\.(\w+)/g)].map(([, name]) => name ?? ""),
  );
  return [...new Set(names)].filter((name) => name in zod).sort();
}

const built = await build({
  configFile: false,
  logLevel: "error",
  plugins: [slim],
  build: {
    write: false,
    minify: false,
    target: "es2023",
    lib: {
      entry: { openai: "virtual:openai", zod: "virtual:zod" },
      formats: ["es"],
      fileName: (_, name) => `${name}.js`,
    },
    rolldownOptions: { external: /^node:/ },
  },
});

mkdirSync(OUT_DIRECTORY, { recursive: true });
for (const { output } of [built].flat().filter((one) => "output" in one)) {
  for (const file of output) replaceFile(join(OUT_DIRECTORY, file.fileName), textOf(file));
}

function textOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): string | Uint8Array {
  return file.type === "chunk" ? file.code : file.source;
}

/** Whole at every moment: several servers of one folder may start at once, and each bundles what lies there. */
function replaceFile(path: string, text: string | Uint8Array): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, text);
  renameSync(next, path);
}
