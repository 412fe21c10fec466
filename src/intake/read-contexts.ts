import { LIMITS } from "../contract/limits.ts";
import { said } from "../words/said.ts";
import { contextText } from "./context-item.ts";
import { readContextList } from "./context-list.ts";
import { isMissing } from "./missing-value.ts";
import { type Notes, warn, wellFormed } from "./notes.ts";
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
  const rivals = list.rivals.length === 0 ? "" : said("rivals", { names: list.rivals.join(", ") });
  const { texts, received, swallowed, isDamaged } = list.isBroken
    ? readBroken(String(value), source.spilled)
    : readItems(list.items, list.isStructured);
  if (isDamaged && texts.length > 0) {
    warn(notes, said("dify_json_repaired.contexts", { field, count: texts.length }));
  }
  if (!isDamaged && list.isStructured && list.items.some(isPastedUnescaped)) {
    warn(notes, said("dify_json_unescaped", { field }));
  }
  if (texts.length === 0) {
    warn(notes, said("contexts_unreadable", { field, rivals }));
    return { texts: null, received, swallowed };
  }
  if (texts.length < received) {
    const dropped = received - texts.length;
    warn(notes, said("contexts_dropped", { dropped, received, field, rivals }));
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
    for (const text of found) texts.push(wellFormed(text));
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
  warn(notes, said("contexts_limited", { field, count: texts.length, limit: LIMITS.passages }));
  return texts.slice(0, LIMITS.passages);
}
