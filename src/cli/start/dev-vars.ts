import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { DEFAULT_MODEL } from "../../judges/chat/settings.ts";

const OPEN = `# Written by \`npm start\`. This server is for your own machine: everybody who can reach it may use it.
ACCESS_MODE=open
# Set a key to score with a model instead of the built-in offline judge.
# OPENAI_API_KEY=
# OPENAI_BASE_URL=https://api.openai.com/v1
# JUDGE_MODEL=${DEFAULT_MODEL}
# EMBEDDING_MODEL=text-embedding-3-small
`;
const WHY_KEY =
  "# Written by `npm start`: encrypts what people enter as secrets. Without it they must be entered again.";

/** Writes the settings of a server for one machine where there are none, and a SECRETS_KEY where one is missing. */
export function completeDevVars(path = ".dev.vars"): void {
  if (!existsSync(path)) {
    writeFileSync(path, OPEN, { mode: 0o600 });
    console.log("Wrote .dev.vars with ACCESS_MODE=open (this machine only).");
  }
  const text = readFileSync(path, "utf8");
  if (parseEnv(text).SECRETS_KEY) return;
  // Added at the end: other lines stay as they are, and of two of one name the last one counts.
  const lineEnd = text === "" || text.endsWith("\n") ? "" : "\n";
  const key = randomBytes(32).toString("base64");
  appendFileSync(path, `${lineEnd}${WHY_KEY}\nSECRETS_KEY=${key}\n`);
  console.log("Wrote a SECRETS_KEY into .dev.vars.");
}
