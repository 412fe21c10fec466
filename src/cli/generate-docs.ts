import { writeFileSync } from "node:fs";
import { METRIC_CATALOGUE } from "../scoring/metrics/registry.ts";
import { renderApiReference } from "./docs/api-reference.ts";
import { renderMetricReference } from "./docs/metric-reference.ts";
import { renderReadme } from "./docs/readme.ts";
import { renderDevVars } from "./docs/settings-reference.ts";
import { renderThirdParties } from "./docs/third-party.ts";

// `npm run docs` writes the references from what the code serves; a test says when they are out of date.

export const REFERENCES: Readonly<Record<string, () => string>> = {
  "docs/metrics.md": () => renderMetricReference(METRIC_CATALOGUE),
  "docs/api.md": renderApiReference,
  "THIRD-PARTY.md": renderThirdParties,
  "README.md": () => renderReadme("README.md", "en"),
  "README.zh.md": () => renderReadme("README.zh.md", "zh"),
  ".dev.vars.example": renderDevVars,
};

if (import.meta.main) {
  for (const [path, render] of Object.entries(REFERENCES)) {
    writeFileSync(path, render());
    console.log(`Wrote ${path}`);
  }
}
