import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin, type Rolldown } from "vite";
import solid from "vite-plugin-solid";
import { apiDocuments } from "../src/cli/docs/api-documents.ts";
import { renderGuide } from "../src/cli/docs/guide/render-guide.ts";
import { repositoryUrl } from "../src/cli/docs/repository.ts";
import { PAGE_PATHS } from "./app/page-paths.ts";

const GUIDE_SCRIPT = fileURLToPath(new URL("guide/guide.ts", import.meta.url));
const DOCS_SCRIPT = fileURLToPath(new URL("guide/try-route.ts", import.meta.url));

/** A script of the bundle by its source. */
function scriptOf(bundle: Rolldown.OutputBundle, source: string): Rolldown.OutputChunk {
  for (const part of Object.values(bundle)) {
    if (part.type === "chunk" && part.facadeModuleId === source) return part;
  }
  throw new Error(`${source} was not built`);
}

const writeApiDocuments: Plugin = {
  name: "api-documents",
  async generateBundle(_options, bundle) {
    const documents = await apiDocuments(`/${scriptOf(bundle, DOCS_SCRIPT).fileName}`);
    for (const [name, source] of Object.entries(documents)) {
      this.emitFile({ type: "asset", fileName: `documents/${name}.txt`, source });
    }
  },
};

/** The pages of the repository as a site of plain files, and what agents read of them. */
const writeGuide: Plugin = {
  name: "guide",
  generateBundle: {
    // Once the style sheet has its name.
    order: "post",
    async handler(_options, bundle) {
      const entry = scriptOf(bundle, GUIDE_SCRIPT);
      const styles = [...(entry.viteMetadata?.importedCss ?? [])].map((name) => `/${name}`);
      const repository = repositoryUrl(readFileSync("package.json", "utf8"));
      const files = await renderGuide({ styles, script: `/${entry.fileName}` }, repository);
      for (const [fileName, source] of Object.entries(files)) {
        this.emitFile({ type: "asset", fileName, source });
      }
      const picture = readFileSync("docs/report.png");
      this.emitFile({ type: "asset", fileName: "guide/report.png", source: picture });
    },
  },
};

/** What `/` begins with, and what the words around every page are made of in either language. */
const FIRST_PAGE = [
  "app/main.tsx",
  "features/jobs/jobs-page.tsx",
  "../src/words/outcome-words.ts",
].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const firstPage = new Set<string>();

/** Whether `/` cannot be shown without a module. */
function isOnFirstPage(module: string, graph: Rolldown.ChunkingContext): boolean {
  if (firstPage.size === 0) {
    for (const id of FIRST_PAGE) firstPage.add(id);
    // A set goes on to what is added while it is walked.
    for (const id of firstPage) {
      for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) firstPage.add(imported);
    }
  }
  return firstPage.has(module);
}

/** Pages are one HTML, shown by the assets themselves; a path that is neither page nor file goes to the Worker. */
const writePagePaths: Plugin = {
  name: "page-paths",
  generateBundle() {
    const pages = PAGE_PATHS.filter((path) => path !== "/").flatMap((path) => [path, `${path}/`]);
    const source = pages.map((path) => `${path} / 200\n`).join("");
    this.emitFile({ type: "asset", fileName: "_redirects", source });
  },
};

// `vite build ui` from the top of the project; the Worker serves what lands in `dist`. `npm run dev` serves the sources.
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [solid(), tailwindcss(), writeApiDocuments, writeGuide, writePagePaths],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    // `light-dark()` and colours in OKLCH are left as they are.
    target: ["chrome123", "firefox120", "safari17.5"],
    // An inlined asset would be a `data:` URL, which the policy in `public/_headers` refuses for scripts and styles.
    assetsInlineLimit: 0,
    // All three browsers know `modulepreload`.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [fileURLToPath(new URL("index.html", import.meta.url)), GUIDE_SCRIPT, DOCS_SCRIPT],
      output: {
        codeSplitting: {
          // Twenty files cost twenty requests and compress worse than one: what the first page shares with another comes
          // as one file, and what it does without and many others share as one more.
          groups: [
            { name: (id, graph) => (isOnFirstPage(id, graph) ? "shared" : null), minShareCount: 2 },
            {
              ...{ name: "pages", test: /\/ui\/(?!features)/, minShareCount: 5 },
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
});
