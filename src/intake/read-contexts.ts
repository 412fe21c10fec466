import { LIMITS } from "../contract/limits.ts";
import { contextText } from "./context-item.ts";
import { readContextList } from "./context-list.ts";
import { isMissing } from "./missing-value.ts";
import { FORM_BODY_FIX, type Notes, warn, wellFormed } from "./notes.ts";
import {
  gluedTexts,
  isPastedUnescaped,
  isTorn,
  isTornList,
  salvageStrings,
  salvageTexts,
  swallowedFields,
  withoutGlue,
} from "./salvage.ts";

export interface Contexts {
  texts: string[] | null;
  /** Items found in what arrived, readable or not. */
  received: number;
  /** Request fields found inside the contexts, to be used where the field itself is missing. */
  swallowed: Map<string, unknown>;
}

interface Source {
  /** The name the field was sent under. */
  field: string;
  separator: string | null;
  /** Unknown fields of a body whose contexts burst, else null. */
  spilled: Record<string, unknown> | null;
  notes: Notes;
}

type Found = Omit<Contexts, "texts"> & { texts: string[]; isDamaged: boolean };

/** Contexts in any shape → texts in rank order. `[]` stays `[]`: retrieval ran and found nothing. */
export function readContexts(value: unknown, source: Source): Contexts {
  const { field, notes } = source;
  const list = readContextList(value, source.separator);
  if (list.items.length === 0) return { texts: [], received: 0, swallowed: new Map() };
  const rivals =
    list.rivals.length === 0
      ? ""
      : ` It holds several that could be the passages: ${list.rivals.join(", ")}; send the one the model saw.`;
  const { texts, received, swallowed, isDamaged } = list.isBroken
    ? readBroken(String(value), source.spilled)
    : readItems(list.items, list.isStructured);
  if (isDamaged && texts.length > 0) {
    warn(
      notes,
      "dify_json_repaired",
      `Dify's JSON repair damaged \`${field}\`: ${texts.length} passages were recovered and may be incomplete.`,
      FORM_BODY_FIX,
    );
  }
  if (!isDamaged && list.isStructured && list.items.some(isPastedUnescaped)) {
    warn(
      notes,
      "dify_json_unescaped",
      `\`${field}\` was pasted into a JSON body without escaping: it arrived, but a quote or backslash in any text would be altered.`,
      FORM_BODY_FIX,
    );
  }
  if (texts.length === 0) {
    warn(
      notes,
      "contexts_unreadable",
      `No passage could be read from \`${field}\`, so metrics that need contexts are skipped.${rivals}`,
      `Send \`${field}\` as an array of strings or as Dify's {{#node.result#}} variable. ${FORM_BODY_FIX}`,
    );
    return { texts: null, received, swallowed };
  }
  if (texts.length < received) {
    warn(
      notes,
      "contexts_dropped",
      `${received - texts.length} of ${received} items of \`${field}\` hold no text and were left out.${rivals}`,
      "Give every retrieved item a text in `content`.",
    );
  }
  return { texts: capped(texts, field, notes), received, swallowed };
}

/** Only what came as real JSON can have been repaired; text that parsed is whole. */
function readItems(items: readonly unknown[], isStructured: boolean): Found {
  const texts: string[] = [];
  const swallowed = new Map<string, unknown>();
  let received = 0;
  let isDamaged = isStructured && isTornList(items);
  for (const item of items) {
    const own = contextText(isStructured ? withoutGlue(item) : item);
    const glue = isStructured ? gluedTexts(item) : [];
    const further = glue.flatMap(salvageTexts);
    const found = own === null || isMissing(own) ? further : [own, ...further];
    texts.push(...found.map(wellFormed));
    // An item that gave nothing counts as received too.
    received += Math.max(found.length, 1);
    if (!isStructured) continue;
    for (const [name, value] of swallowedFields(item, glue)) swallowed.set(name, value);
    isDamaged ||= glue.length > 0 || isTorn(item);
  }
  return { texts, received, swallowed, isDamaged };
}

/** A list that cannot be read to its end: what it still holds, then what spilled out of it to the top of the body. */
function readBroken(broken: string, spilled: Record<string, unknown> | null): Found {
  const held = (salvageStrings(broken) ?? salvageTexts(broken)).map(wellFormed);
  const rest = spilled ? readItems([spilled], true) : null;
  const texts = [...held, ...(rest?.texts ?? [])];
  // Nothing tells of a repair, so it may be prose that begins like a list.
  if (texts.length === 0 && !spilled) texts.push(wellFormed(broken));
  return {
    texts,
    received: Math.max(texts.length, 1),
    swallowed: rest?.swallowed ?? new Map(),
    isDamaged: true,
  };
}

function capped(texts: string[], field: string, notes: Notes): string[] {
  if (texts.length <= LIMITS.passages) return texts;
  warn(
    notes,
    "contexts_limited",
    `\`${field}\` holds ${texts.length} passages; only the first ${LIMITS.passages} are scored.`,
    "Send the passages the model really saw, in rank order.",
  );
  return texts.slice(0, LIMITS.passages);
}
