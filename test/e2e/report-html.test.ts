import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { renderReportHtml } from "../../src/reports/text/html/report-html.ts";
import { FAULTS } from "../reports/faults.ts";
import { perfectEvidence } from "../reports/perfect-evidence.ts";
import { cleanScene } from "../reports/scenes.ts";
import { inputOf, scoreEvidence } from "../reports/scored-samples.ts";
import { CHROMIUM, launchBrowser, takeScreenshot } from "./browser.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SAMPLES = 500;

function render(language: "zh" | "en"): string {
  const samples = Array.from({ length: SAMPLES }, (_, place) => {
    const fault = FAULTS[place % (FAULTS.length + 2)];
    const scene = cleanScene(language, place % 6, 3);
    const planted = fault ? fault.plant(scene, place % 6) : scene;
    return scoreEvidence({ ...perfectEvidence(planted), id: `s${place}` });
  });
  const input = inputOf(samples, language);
  return renderReportHtml(input, buildReport(input));
}

describe.skipIf(CHROMIUM === null)(
  "report.html of 500 samples, opened from disk (needs Chromium)",
  () => {
    const directory = mkdtempSync(join(tmpdir(), "touchstone-report-"));
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
      for (const language of ["zh", "en"] as const) {
        writeFileSync(join(directory, `${language}.html`), render(language));
      }
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(directory, { recursive: true, force: true });
    });

    async function open(language: string, colorScheme: "light" | "dark"): Promise<Page> {
      const context = await browser.newContext({
        colorScheme,
        bypassCSP: true,
        viewport: { width: 1100, height: 900 },
      });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(join(directory, `${language}.html`)).href);
      expect(asked).toHaveLength(1);
      return page;
    }

    it.each([
      ["zh", "light"],
      ["zh", "dark"],
      ["en", "light"],
      ["en", "dark"],
    ] as const)("has no serious violation of accessibility (%s, %s)", async (language, scheme) => {
      const page = await open(language, scheme);
      await page.evaluate(AXE);
      const results = (await page.evaluate("axe.run()")) as AxeResults;
      const serious = results.violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      expect(serious).toEqual([]);
      expect(results.passes.length).toBeGreaterThan(10);
      await takeScreenshot(page, `report-html-${language}-${scheme}`);
      await page.context().close();
    });

    it.each(["zh", "en"])("is no wider than a phone or a sheet of A4 (%s)", async (language) => {
      const page = await open(language, "light");
      const overflow = () =>
        page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
      await page.setViewportSize({ width: 360, height: 800 });
      expect(await overflow()).toBe(0);
      await page.emulateMedia({ media: "print" });
      // A4 without its margins at 96 dots to the inch.
      await page.setViewportSize({ width: Math.floor(((210 - 32) / 25.4) * 96), height: 1000 });
      expect(await overflow()).toBe(0);
      const cut = await page.evaluate(`[...document.querySelectorAll("tr, figure")]
      .filter((part) => getComputedStyle(part).breakInside !== "avoid").length`);
      expect(cut).toBe(0);
      const pdf = await page.pdf({ format: "A4" });
      expect(pdf.length).toBeGreaterThan(10_000);
      await page.context().close();
    });
  },
);
