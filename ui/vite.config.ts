import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";
import { apiDocuments } from "../src/cli/docs/api-documents.ts";
import { PAGE_PATHS } from "./app/page-paths.ts";

const writeApiDocuments: Plugin = {
  name: "api-documents",
  async generateBundle() {
    for (const [name, source] of Object.entries(await apiDocuments())) {
      this.emitFile({ type: "asset", fileName: `documents/${name}.txt`, source });
    }
  },
};

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
  plugins: [solid(), tailwindcss(), writeApiDocuments, writePagePaths],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    // `light-dark()` and colours in OKLCH are left as they are.
    target: ["chrome123", "firefox120", "safari17.5"],
    // An inlined asset would be a `data:` URL, which the policy in `public/_headers` refuses for scripts and styles.
    assetsInlineLimit: 0,
    // What most pages share comes as one file, not as twenty: each costs a request and compresses worse alone.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: "shared", test: /\/ui\//, minShareCount: 5 }] },
      },
    },
  },
});
