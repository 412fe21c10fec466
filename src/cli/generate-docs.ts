import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Language } from "../contract/outcome.ts";
import { METRIC_CATALOGUE } from "../scoring/metrics/registry.ts";
import { renderApiReference } from "./docs/api-reference.ts";
import { renderMeasured } from "./docs/comparison-tables.ts";
import { renderMetricReference } from "./docs/metric-reference.ts";
import { fillPlace, renderReadme } from "./docs/readme.ts";
import { renderFirstLimits, renderLoads } from "./docs/scale-tables.ts";
import { renderDevVars } from "./docs/settings-reference.ts";
import { renderPartsList, renderThirdParties } from "./docs/third-party.ts";

// `npm run docs` writes the references from what the code serves; a test says when they are out of date.

export const REFERENCES: Readonly<Record<string, () => string>> = {
  "docs/metrics.md": () => renderMetricReference(METRIC_CATALOGUE, "en"),
  "docs/metrics.zh.md": () => renderMetricReference(METRIC_CATALOGUE, "zh"),
  "docs/api.md": () => renderApiReference("en"),
  "docs/api.zh.md": () => renderApiReference("zh"),
  "docs/comparison.md": () => comparison("docs/comparison.md", "en"),
  "docs/comparison.zh.md": () => comparison("docs/comparison.zh.md", "zh"),
  "docs/scale.md": () => scale("docs/scale.md", "en"),
  "docs/scale.zh.md": () => scale("docs/scale.zh.md", "zh"),
  "THIRD-PARTY.md": renderThirdParties,
  "docs/sbom.cdx.json": renderPartsList,
  "README.md": () => renderReadme("README.md", "en"),
  "README.zh.md": () => renderReadme("README.zh.md", "zh"),
  ".dev.vars.example": renderDevVars,
  ...difyApps(),
};

function comparison(path: string, language: Language): string {
  return fillPlace(readFileSync(path, "utf8"), "measured beside Ragas", renderMeasured(language));
}

function scale(path: string, language: Language): string {
  const page = fillPlace(readFileSync(path, "utf8"), "loads", renderLoads(language));
  return fillPlace(page, "first limits", renderFirstLimits(language));
}

/**
 * The Dify apps as Dify 1.16 and later write them, DSL 0.7.0. None of their nodes has changed since 0.6.0; only the number
 * keeps Dify from a warning at the import.
 */
function difyApps(): Record<string, () => string> {
  const folder = "examples/dify";
  const names = readdirSync(folder).filter((name) => name.endsWith(".yml"));
  return Object.fromEntries(
    names.map((name) => [
      `${folder}/0.7.0/${name}`,
      () =>
        readFileSync(`${folder}/${name}`, "utf8").replace(/^version: 0\.6\.0$/m, "version: 0.7.0"),
    ]),
  );
}

if (import.meta.main) {
  for (const [path, render] of Object.entries(REFERENCES)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, render());
    console.log(`Wrote ${path}`);
  }
}
