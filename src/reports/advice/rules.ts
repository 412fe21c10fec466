import type { Language } from "../../contract/outcome.ts";
import type { Advice, AdviceFacts, Report } from "../../contract/report.ts";
import { contradictsContext } from "./contradicts-context.ts";
import { invented } from "./invented.ts";
import { missingInRetrieval } from "./missing-in-retrieval.ts";
import { noiseFollowed } from "./noise-followed.ts";
import { offTopic } from "./off-topic.ts";
import { rankedTooLow } from "./ranked-too-low.ts";
import { refusedThoughAnswerable } from "./refused-though-answerable.ts";
import { retrievedButIgnored } from "./retrieved-but-ignored.ts";
import type { AdviceRule } from "./rule.ts";

/** One rule a cause. The order decides between advice of equal worth: what harms readers most comes first. */
export const ADVICE_RULES: readonly AdviceRule[] = [
  contradictsContext,
  invented,
  refusedThoughAnswerable,
  offTopic,
  noiseFollowed,
  missingInRetrieval,
  retrievedButIgnored,
  rankedTooLow,
];

function ruleOf({ cause }: Pick<Advice, "cause">): AdviceRule | undefined {
  return ADVICE_RULES.find((rule) => rule.cause === cause);
}

/** What the advice about a cause is called; null: no rule speaks of it. */
export function adviceTitle(cause: string | null, language: Language): string | null {
  return ADVICE_RULES.find((rule) => rule.cause === cause)?.words[language].title ?? null;
}

type AdviceText = Pick<Advice, "title" | "finding" | "actions" | "check">;

export function sayAdvice(
  { words }: AdviceRule,
  facts: AdviceFacts,
  language: Language,
): AdviceText {
  const { title, finding, actions, check } = words[language];
  return { title, finding: finding(facts), actions: actions(facts), check };
}

/** The advice of a report in the words of whoever reads it; the report keeps the language it was written in. */
export function retell<R extends Pick<Report, "advice" | "language">>(report: R, to: Language): R {
  if (report.language === to) return report;
  const advice = report.advice.map((one) => {
    const rule = ruleOf(one);
    return rule ? { ...one, ...sayAdvice(rule, one.facts, to) } : one;
  });
  return { ...report, advice };
}
