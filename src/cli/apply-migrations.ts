import { said } from "../words/said.ts";
import { say } from "../words/say.ts";
import { runTool } from "./run-tool.ts";

/** Brings a database of wrangler.toml to the newest schema; one of an earlier version is left as it is, and said. */
export async function applyMigrations(binding: string, where: readonly string[]): Promise<void> {
  await runTool("wrangler", ["d1", "migrations", "apply", binding, ...where], {
    explain: (output) =>
      /table \w+ already exists/i.test(output) ? say(said("schema_of_others"), null) : null,
  });
}
