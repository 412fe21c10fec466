/** One line a metric must keep: against a number, or against the base run (`limit` is then the allowed loss). */
export interface GateRule {
  metric: string;
  operator: ">=" | ">" | "<=" | "<";
  limit: number;
  against: "number" | "base";
  /** As it was written, for people. */
  text: string;
}

/** How much worse "not worse than base" may be before it fails: below this nobody would call it worse. */
const NOT_WORSE_MARGIN = 0.05;

/**
 * Reads `>= 0.8`, `< 0.2`, `>= base`, `>= base - 0.05`, `<= base + 0.02`, `not worse` or `not worse than base`.
 * null: it is none of these. The metric's direction decides which way `not worse` looks.
 */
export function readRule(
  metric: string,
  text: string,
  direction: "higher" | "lower",
): GateRule | null {
  const words = text
    .normalize("NFKC")
    .replace(/≥/g, ">=")
    .replace(/≤/g, "<=")
    .trim()
    .toLowerCase()
    .replace(/\s+/g, " ");
  if (words.length > 80) return null;
  if (words === "not worse" || words === "not worse than base") {
    const operator = direction === "higher" ? ">=" : "<=";
    return { metric, operator, limit: NOT_WORSE_MARGIN, against: "base", text: words };
  }
  const match = /^(>=|<=|>|<) ?(?:(base)(?: ?([+-]) ?)?)?(\d+(?:\.\d+)?|\.\d+)?$/.exec(words);
  if (!match) return null;
  const [, operator, base, sign, digits] = match;
  if (!isOperator(operator)) return null;
  const number = digits === undefined ? null : Number(digits);
  if (base === undefined) {
    return number === null
      ? null
      : { metric, operator, limit: number, against: "number", text: words };
  }
  if ((sign === undefined) !== (number === null)) return null;
  // An allowance makes the line easier: minus under `>=`, plus under `<=`.
  const eases = operator.startsWith(">") ? sign === "-" : sign === "+";
  if (number !== null && number !== 0 && !eases) return null;
  return { metric, operator, limit: number ?? 0, against: "base", text: words };
}

function isOperator(text: string | undefined): text is GateRule["operator"] {
  return text === ">=" || text === ">" || text === "<=" || text === "<";
}
