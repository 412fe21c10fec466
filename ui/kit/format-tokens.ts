import type { Usage } from "../../src/contract/outcome.ts";
import { tokensTold } from "../../src/scoring/usage.ts";
import { t } from "../i18n/translate.ts";
import { formatCount } from "./format.ts";

/** All tokens; where the model's endpoint did not tell, that, with the estimate if there is one. */
export function formatTokens(
  usage: Pick<Usage, "prompt_tokens" | "completion_tokens" | "estimated_tokens">,
): string {
  const told = tokensTold(usage);
  if (told !== null) return formatCount(told);
  const estimate = usage.estimated_tokens;
  return estimate === undefined
    ? t().tokens.unknown
    : t().tokens.unknownAbout(formatCount(estimate));
}
