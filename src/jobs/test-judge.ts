import type { JudgeTest, JudgeTrouble } from "../contract/access.ts";
import { cutSample } from "../scoring/cut-text.ts";
import { type JudgedTable, JudgeUnavailable, type JudgeUsage } from "../scoring/judge.ts";
import { needsOf } from "../scoring/needs.ts";
import type { Sample } from "../scoring/sample.ts";
import { NO_USAGE } from "../scoring/usage.ts";
import { noteJudgeSuccess } from "../storage/breaker.ts";
import { change } from "../storage/sql.ts";
import { type Said, said } from "../words/said.ts";
import type { ChosenJudge } from "./chosen-judge.ts";
import type { JobContext } from "./context.ts";

/** Below the patience of a browser and of a proxy. */
const TIMEOUT_MS = 25_000;

/** One statement the passage says, and one it does not: a judge that can read tells them apart. */
const CONTROL: Sample = {
  question: "How long does the library lend a book, and what does a late return cost?",
  answer: "The library lends a book for four weeks. A late return costs ninety euros a day.",
  passages: ["The library lends a book for four weeks.", "The reading room opens at nine o'clock."],
  reference: null,
  referencePassages: null,
  retrievedIds: null,
  referenceIds: null,
};

/** What the test found, not yet said in any language. */
type SaidJudgeTest = Omit<JudgeTest, "detail"> & { detail: Said | null };

/** Asks the judge one control question, past its memory. Never throws for what the judge does. */
export async function testJudge(
  context: JobContext,
  project: string,
  judgeModel: string | null,
): Promise<SaidJudgeTest> {
  const { now } = context;
  const chosen = await context.chooseJudge({
    project,
    judge: null,
    judgeModel,
    embeddingModel: null,
    keepsNoTexts: true,
  });
  const startedAt = now();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const about = (finding: Finding, usage: JudgeUsage = NO_USAGE): SaidJudgeTest => ({
    ok: finding === null,
    judge: chosen.kind,
    model: chosen.model,
    endpoint: chosen.endpoint,
    latency_ms: now() - startedAt,
    prompt_tokens: usage.prompt_tokens,
    completion_tokens: usage.completion_tokens,
    judge_calls: usage.judge_calls,
    trouble: finding?.trouble ?? null,
    detail: finding?.detail ?? null,
  });
  try {
    const table = await askControl(chosen, signal);
    const result = about(signal.aborted ? TOO_SLOW : findWrong(table), table.usage);
    // Whoever repaired something need not wait until the next job finds out.
    if (result.ok && chosen.kind !== "offline") await change(context.db, noteJudgeSuccess());
    return result;
  } catch (error) {
    if (signal.aborted) return about(TOO_SLOW);
    if (!(error instanceof JudgeUnavailable)) throw error;
    return about({ trouble: error.trouble ?? "unreachable", detail: error.said });
  }
}

type Finding = { trouble: JudgeTrouble; detail: Said } | null;

const TOO_SLOW: Finding = {
  trouble: "timeout",
  detail: said("judge_slow", { seconds: TIMEOUT_MS / 1000 }),
};

function askControl({ judge }: ChosenJudge, signal: AbortSignal): Promise<JudgedTable> {
  const needs = needsOf(["faithfulness"], CONTROL);
  return judge.fill(cutSample(CONTROL), needs, signal);
}

/** Null when the first statement came out supported and the second did not. */
function findWrong(table: JudgedTable): Finding {
  const claims = table.answerClaims?.ok ? table.answerClaims.value : [];
  const verdicts = claims.map(({ sentence, passages }) => ({
    isTrue: sentence === 0,
    verdict: passages?.ok ? passages.value.verdict : null,
  }));
  const isWhole = [true, false].every((kind) => verdicts.some(({ isTrue }) => isTrue === kind));
  if (!isWhole || verdicts.some(({ verdict }) => verdict === null)) {
    return {
      trouble: "unusable_reply",
      detail: said("judge_out_of_form", {
        notes: table.notes.length > 0 ? said("and_then", { sentence: table.notes.join(" ") }) : "",
      }),
    };
  }
  const isRight = verdicts.every(({ isTrue, verdict }) => (verdict === "supported") === isTrue);
  if (isRight) return null;
  return {
    trouble: "wrong_verdicts",
    detail: said("judge_wrong_verdicts"),
  };
}
