import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { renderMetricReference } from "../../src/cli/generate-docs.ts";
import { METRIC_CATALOGUE } from "../../src/scoring/catalogue.ts";

it("docs/metrics.md says what the catalogue says", () => {
  const written = readFileSync("docs/metrics.md", "utf8");
  expect(written, "run `node src/cli/generate-docs.ts`").toBe(
    renderMetricReference(METRIC_CATALOGUE),
  );
  for (const { name } of METRIC_CATALOGUE) expect(written).toContain(`### ${name}\n`);
});
