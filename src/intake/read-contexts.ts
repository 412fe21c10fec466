import { LIMITS } from "../contract.ts";
import { contextText } from "./context-item.ts";
import { type ContextList, readContextList } from "./context-list.ts";
import { isMissing } from "./missing-value.ts";
import { FORM_BODY_FIX, type Notes, warn, wellFormed } from "./notes.ts";
import { gluedTexts, salvageText, withoutGlue } from "./salvage.ts";

export interface Contexts {
  texts: string[] | null;
  /** Items found in what arrived, readable or not. */
  received: number;
  /** Request fields found inside the contexts, to be used where the field itself is missing. */
  swallowed: Map<string, string>;
}

/** Contexts in any shape → texts in rank order. `[]` stays `[]`: retrieval ran and found nothing. */
export function readContexts(
  value: unknown,
  options: { field: string; separator: string | null; spilled: unknown; notes: Notes },
): Contexts {
  const { field, separator, notes } = options;
  const list = readContextList(value, separator);
  if (list.items.length === 0) return { texts: [], received: 0, swallowed: new Map() };
  const { texts, received, swallowed, isSalvaged } = list.isBroken
    ? readBroken(value, options.spilled)
    : readItems(list);
  if (isSalvaged) {
    warn(
      notes,
      "dify_json_repaired",
      `Dify's JSON repair damaged \`${field}\`: ${texts.length} passages were recovered from it and may be incomplete.`,
      FORM_BODY_FIX,
    );
  }
  if (texts.length === 0) {
    warn(
      notes,
      "contexts_unreadable",
      `No passage could be read from \`${field}\`, so metrics that need contexts are skipped.`,
      `Send \`${field}\` as an array of strings or as Dify's {{#node.result#}} variable. ${FORM_BODY_FIX}`,
    );
    return { texts: null, received, swallowed };
  }
  if (texts.length < received) {
    warn(
      notes,
      "contexts_dropped",
      `${received - texts.length} of ${received} items of \`${field}\` hold no text and were left out.`,
      "Give every retrieved item a text in `content`.",
    );
  }
  return { texts: capped(texts, field, notes), received, swallowed };
}

type Found = Omit<Contexts, "texts"> & { texts: string[]; isSalvaged: boolean };

function readItems(list: ContextList): Found {
  const texts: string[] = [];
  const swallowed = new Map<string, string>();
  let received = 0;
  let isSalvaged = false;
  for (const item of list.items) {
    received++;
    const own = contextText(list.isStructured ? withoutGlue(item) : item);
    if (own !== null && !isMissing(own)) texts.push(wellFormed(own));
    if (!list.isStructured) continue;
    for (const glue of gluedTexts(item)) {
      const salvage = salvageText(glue);
      // An item that lost its own content to the glue is counted by what the glue gives back.
      received += salvage.texts.length - (own === null && salvage.texts.length > 0 ? 1 : 0);
      texts.push(...salvage.texts.map(wellFormed));
      for (const [name, text] of salvage.fields) swallowed.set(name, text);
      isSalvaged = true;
    }
  }
  return { texts, received, swallowed, isSalvaged };
}

/** A list cut in the middle: what it still holds, then what spilled out of it to the top of the body. */
function readBroken(value: unknown, spilled: unknown): Found {
  const cut = salvageText(typeof value === "string" ? value : "");
  const rest = readItems({ items: [spilled], isBroken: false, isStructured: true });
  const texts = [...cut.texts.map(wellFormed), ...rest.texts];
  return {
    texts,
    received: Math.max(texts.length, 1),
    swallowed: new Map([...cut.fields, ...rest.swallowed]),
    isSalvaged: texts.length > 0,
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
