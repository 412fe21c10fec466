import { resolve } from "node:path";
import type { Plugin } from "vite";

const MARK = "?divided";

/**
 * `import "…/src/worker.ts?divided"` gives a Worker of its own that reads databases.ts of this folder instead of the one
 * in src/storage: the mark is handed on to all it imports from src. (Modules cannot be mocked inside workerd.)
 */
export const divide: Plugin = {
  name: "divide",
  enforce: "pre",
  async resolveId(source, importer) {
    if (!source.endsWith(MARK) && !importer?.endsWith(MARK)) return null;
    const from = importer?.replace(MARK, "");
    const found = await this.resolve(source.replace(MARK, ""), from, { skipSelf: true });
    if (!found?.id.startsWith(resolve("src")) || !found.id.endsWith(".ts")) return found;
    if (found.id === resolve("src/storage/databases.ts"))
      return resolve(import.meta.dirname, "databases.ts");
    return found.id + MARK;
  },
};
