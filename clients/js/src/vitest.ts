import { type Options, type Sample, Touchstone, type WaitOptions } from "./index.ts";

// `expect.extend(touchstoneMatchers())`, then `await expect(sample).toScore({faithfulness: ">= 0.8"})`. Jest takes it too.

export interface MatcherResult {
  pass: boolean;
  message: () => string;
}

/**
 * Matchers that score a sample and hold it against rules as a gate does. A score that is missing, or a verdict that stays
 * open, does not pass, and `not` does not turn it into one that does: it throws.
 */
export function touchstoneMatchers(options: Options & WaitOptions = {}) {
  const touchstone = new Touchstone(options);
  return {
    async toScore(sample: Sample, rules: Readonly<Record<string, string>>): Promise<MatcherResult> {
      const job = await touchstone.score({ ...sample, metrics: Object.keys(rules) }, options);
      const gate = await touchstone.gate({ jobId: job.job_id, rules });
      const told = [...gate.reasons, gate.report_url].join("\n");
      if (gate.verdict === "inconclusive") throw new Error(told);
      return { pass: gate.verdict === "pass", message: () => told };
    },
  };
}
