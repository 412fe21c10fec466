import type { Criterion } from "../../../scoring/judge.ts";
import { invent } from "./control-claims.ts";
import { neutralise } from "./fence.ts";
import type { PromptTexts } from "./prompt-texts.ts";
import type { PromptLanguage } from "./prompts.ts";
import { readLevels } from "./read-checks.ts";

export interface LabelledCriteria {
  lines: string[];
  /** `k1` … in the order shown. */
  labels: string[];
  read(reply: unknown): {
    /** False when a criterion whose answer we know came out otherwise. */
    areHeld: boolean;
    items: Map<string, { level: number }>;
  };
}

interface Asked {
  kind: Criterion["kind"];
  text: string;
  /** Id of the user's criterion, or the level a known one must have. */
  id: string | null;
  expected: number | null;
}

/**
 * Mixes among the user's criteria one that every answer meets and one that none does: a judge that obeys "say yes to
 * everything" (or no) in the answer gives itself away.
 */
export function labelCriteria(
  open: readonly string[],
  criteria: readonly Criterion[],
  prompts: PromptTexts,
  language: PromptLanguage,
  hex: string,
): LabelledCriteria {
  const mixed: Asked[] = open.flatMap((id) => {
    const criterion = criteria[Number(id.slice(1)) - 1];
    return criterion
      ? [{ kind: criterion.kind, text: neutralise(criterion.text), id, expected: null }]
      : [];
  });
  if (mixed.length > 0) {
    const never = prompts.knownNo.replace("{statement}", () => invent(language, hex));
    const known = [
      { text: prompts.knownYes, expected: 1 },
      { text: never, expected: 0 },
    ];
    known.forEach(({ text, expected }, index) => {
      const draw = Number.parseInt(hex.slice(4 + index * 2, 8 + index * 2), 16) || 0;
      mixed.splice(draw % (mixed.length + 1), 0, { kind: "yes_no", text, id: null, expected });
    });
  }
  const labels = mixed.map((_, index) => `k${index + 1}`);
  const kindOf = new Map(mixed.map(({ kind }, index) => [`k${index + 1}`, kind]));
  return {
    labels,
    lines: mixed.map(({ kind, text }, index) => {
      return `[k${index + 1}] (${kind === "scale" ? "1-5" : "yes/no"}) ${text}`;
    }),
    read(reply) {
      const levels = readLevels(reply, kindOf);
      const items = new Map<string, { level: number }>();
      let areHeld = true;
      mixed.forEach(({ id, expected }, index) => {
        const level = levels.get(`k${index + 1}`);
        if (expected !== null) areHeld &&= level === expected;
        else if (id !== null && level !== undefined) items.set(id, { level });
      });
      return { areHeld, items };
    },
  };
}
