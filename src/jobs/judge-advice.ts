import type { Report } from "../contract/report.ts";
import { errorForLog } from "../error-for-log.ts";
import { briefEngineer, readParagraphs } from "../reports/text/engineer-brief.ts";
import { addUsage } from "../scoring/usage.ts";
import type { ChosenJudge } from "./chosen-judge.ts";
import type { JobContext } from "./context.ts";

/** Below this a run is a look, not an evaluation, and a further call would cost as much as the scoring. */
const FEWEST_SAMPLES = 5;

/**
 * The report with each advice in an engineer's words too, by one call, when a model judges. Whatever goes wrong, the
 * rules' text stands as it is.
 */
export async function addEngineerAdvice(
  context: JobContext,
  { writeAdvice }: ChosenJudge,
  report: Report,
): Promise<Report> {
  const isWorthIt = report.advice.length > 0 && report.run.total_samples >= FEWEST_SAMPLES;
  if (!writeAdvice || !isWorthIt) return report;
  try {
    const brief = briefEngineer(report);
    const { reply, usage } = await writeAdvice(brief);
    const paragraphs = readParagraphs(brief, reply);
    const written = Object.keys(paragraphs).length;
    context.log({ event: "advice.written", run_id: report.run.run_id, written });
    return {
      ...report,
      usage: addUsage(report.usage, usage),
      advice: report.advice.map((advice) => {
        const engineer = paragraphs[advice.id];
        return engineer === undefined ? advice : { ...advice, engineer };
      }),
    };
  } catch (error) {
    context.log({ event: "advice.failed", run_id: report.run.run_id, error: errorForLog(error) });
    return report;
  }
}
