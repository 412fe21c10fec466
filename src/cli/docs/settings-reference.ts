import { SETTING_WORDS, SETTINGS } from "../../settings.ts";

const HEADER = `# Copy to .dev.vars for your own machine (\`npm start\` writes a first one). On Cloudflare set these as secrets:
# \`npx wrangler secret put NAME\`. The Deploy to Cloudflare button asks for every line that is not a comment and deploys
# what stands here, so only what every deployment needs is open below. Written by \`npm run docs\` from src/settings.ts.
`;
const HEADS = {
  en: { columns: "| name | default | meaning |", secret: "*secret*" },
  zh: { columns: "| 名称 | 默认 | 含义 |", secret: "*机密*" },
} as const;
/** As wide as the files they stand in. */
const WIDTH = 118;

const declared = Object.entries(SETTINGS.shape).map(([name, schema]) => {
  const words = SETTING_WORDS.get(schema);
  if (!words) throw new Error(`settings.ts does not say what ${name} means.`);
  // What is read when nothing is set; a list of none and null are no default.
  const fallback = schema.parse(undefined);
  return { name, words, fallback: typeof fallback === "string" ? fallback : "" };
});

/** The table of all settings in README.md or README.zh.md. */
export function renderSettings(language: keyof typeof HEADS): string {
  const { columns, secret } = HEADS[language];
  const rows = declared.map(({ name, words, fallback }) => {
    const shown = words.isSecret ? secret : fallback && `\`${fallback}\``;
    return `| \`${name}\` | ${shown} | ${words[language]} |`;
  });
  return `\n${[columns, "| --- | --- | --- |", ...rows].join("\n")}\n`;
}

/** .dev.vars.example: each setting under its meaning, commented out where a deployment can do without. */
export function renderDevVars(): string {
  const parts = declared.map(({ name, words, fallback }) => {
    const meaning = words.en.replace(/ \(\[[^\]]+\]\([^)]*\)\)/g, "");
    const line = `${words.isAsked ? "" : "# "}${name}=${words.example ?? fallback}`;
    return [...wrap(`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`), line].join("\n");
  });
  return `${[HEADER, ...parts.map((part) => `${part}\n`)].join("\n")}`;
}

function wrap(text: string): string[] {
  const lines = ["#"];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(`# ${word}`);
  }
  return lines;
}
