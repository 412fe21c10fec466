import type { Criterion } from "../../../scoring/judge.ts";
import { invent } from "./control-claims.ts";
import { neutralise } from "./fence.ts";
import { PROMPTS, type PromptLanguage } from "./prompts.ts";
import { type CheckItem, criterionId, readLevels } from "./read-checks.ts";

interface LabelledCriteria {
  lines: string[];
  /** `k1` … in the order shown. */
  labels: string[];
  read(reply: unknown): {
    /** False when a criterion whose answer we know came out otherwise. */
    areHeld: boolean;
    items: Map<string, CheckItem>;
  };
}

interface Shown {
  kind: Criterion["kind"];
  text: string;
  /** Id of the user's criterion; absent: one of ours. */
  id?: string;
  /** The level one of ours must have. */
  expected?: number;
}

/**
 * Mixes among the user's criteria one that every answer meets and one that none does: a judge that obeys "say yes to
 * everything" (or no) in the answer gives itself away.
 */
export function labelCriteria(
  open: readonly { id: string; criterion: Criterion }[],
  language: PromptLanguage,
  hex: string,
): LabelledCriteria {
  const mixed: Shown[] = open.map(({ id, criterion: { kind, text } }) => ({
    kind,
    text: neutralise(text),
    id,
  }));
  if (mixed.length > 0) {
    const { knownYes, knownNo } = PROMPTS[language];
    const never = knownNo.replace("{statement}", () => invent(language, hex));
    for (const [index, text] of [knownYes, never].entries()) {
      const draw = Number.parseInt(hex.slice(4 + index * 2, 8 + index * 2), 16) || 0;
      const known: Shown = { kind: "yes_no", text, expected: 1 - index };
      mixed.splice(draw % (mixed.length + 1), 0, known);
    }
  }
  const labels = mixed.map((_, index) => criterionId(index));
  const kindOf = new Map(mixed.map(({ kind }, index) => [criterionId(index), kind]));
  return {
    labels,
    lines: mixed.map(
      ({ kind, text }, index) =>
        `[${criterionId(index)}] (${kind === "scale" ? "1-5" : "yes/no"}) ${text}`,
    ),
    read(reply) {
      const levels = readLevels(reply, kindOf);
      const items = new Map<string, CheckItem>();
      let areHeld = true;
      for (const [index, { id, expected }] of mixed.entries()) {
        const level = levels.get(criterionId(index));
        if (id === undefined) areHeld &&= level === expected;
        else if (level !== undefined) items.set(id, { kind: "criterion", level });
      }
      return { areHeld, items };
    },
  };
}
