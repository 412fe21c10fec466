import type { Judged, PassageUsefulness, UsefulFor } from "../../scoring/judge.ts";
import type { CheckedPart } from "./check-all.ts";

/** Over all portions: a passage that was cut in two is useful when one of its halves is. */
export function mergeUsefulness(
  texts: readonly UsefulFor[],
  passageCount: number,
  parts: readonly CheckedPart[],
): Judged<PassageUsefulness> {
  const flags = new Map(texts.map((text) => [text, new Array<boolean>(passageCount).fill(false)]));
  for (const { input, answer } of parts) {
    if (!input.usefulness) continue;
    for (const passage of new Set(input.sentences.map((sentence) => sentence.passage))) {
      const item = answer.items.get(`u${passage + 1}`);
      if (!item || !("useful" in item)) return { ok: false, reason: answer.failure };
      for (const [text, list] of flags) list[passage] ||= item.useful[text] === true;
    }
  }
  return { ok: true, value: Object.fromEntries(flags) };
}
