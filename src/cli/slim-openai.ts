import { build, type Plugin } from "vite";

// The `openai` package has some forty resources and no way to leave any out; the judge uses two, chat completions and
// embeddings. This bundles the package without the rest for the Worker (see `alias` in wrangler.toml), a quarter of
// the whole upload. Types, tests and `npm run score` use the package as it is.

const OUT_DIRECTORY = ".wrangler/slim";
const ENTRY = "virtual:openai";

/** What stays of the folders that are otherwise left out. */
const UNUSED =
  /\/openai\/(?:resources\/(?!index|chat|embeddings|shared)|lib\/(?!parser|embeddings|chat-completions|ResponsesParser)|internal\/auth\/x509-workload|auth\/workload)/;

/** Whatever is asked of a left-out module is a function that gives nothing, with or without `new`. */
const LEFT_OUT = "module.exports = new Proxy({}, { get: () => function LeftOut() {} });";

const slim: Plugin = {
  name: "slim-openai",
  enforce: "pre",
  resolveId: (id) => (id.endsWith(ENTRY) ? `\0${ENTRY}` : null),
  load(id) {
    if (id === `\0${ENTRY}`) {
      return 'export { OpenAI as default } from "openai/client"; export * from "openai/core/error";';
    }
    return UNUSED.test(id) ? { code: LEFT_OUT, moduleType: "js" } : null;
  },
};

await build({
  configFile: false,
  logLevel: "error",
  plugins: [slim],
  build: {
    outDir: OUT_DIRECTORY,
    emptyOutDir: true,
    minify: false,
    target: "es2023",
    lib: { entry: ENTRY, formats: ["es"], fileName: "openai" },
    rolldownOptions: { external: /^node:/ },
  },
});
