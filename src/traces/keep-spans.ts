import type { TraceRule } from "../contract/trace.ts";
import type { Observation } from "./observation.ts";
import { asRoot, readSpan } from "./read-span.ts";
import type { Span } from "./span.ts";

/** Spans of a request that are not kept, by why. */
export type Dropped = Record<"own" | "foreign" | "nothing", number>;

export interface Kept {
  /** By trace id. */
  traces: ReadonlyMap<string, Observation[]>;
  dropped: Dropped;
  /** The sender tries its settings. */
  isTest: boolean;
}

/** What is kept of a request, span by span. */
export class SpanKeeper {
  readonly #rule: TraceRule | null;
  readonly #traces = new Map<string, Observation[]>();
  readonly #roots = new Map<string, Observation>();
  readonly #dropped: Dropped = { own: 0, foreign: 0, nothing: 0 };
  #isTest = false;

  constructor(rule: TraceRule | null) {
    this.#rule = rule;
  }

  take(span: Span): void {
    const read = readSpan(span, this.#rule);
    if (typeof read === "object") {
      const known = this.#traces.get(span.traceId) ?? [];
      known.push(read);
      this.#traces.set(span.traceId, known);
      return;
    }
    if (read === "test") {
      this.#isTest = true;
      return;
    }
    this.#dropped[read]++;
    if (read !== "own" && span.parentId === null) this.#roots.set(span.traceId, asRoot(span));
  }

  finish(): Kept {
    for (const [traceId, observations] of this.#traces) {
      const root = this.#roots.get(traceId);
      // A root without a word is worth keeping beside what speaks: nobody need wait for another.
      if (root) observations.push(root);
      this.#traces.set(traceId, withoutInner(observations));
    }
    return { traces: this.#traces, dropped: this.#dropped, isTest: this.#isTest };
  }
}

/** Of wrappers inside wrappers only the outermost is read, so the others need not be stored. */
function withoutInner(observations: Observation[]): Observation[] {
  const chains = new Set(
    observations.flatMap(({ kind, spanId }) => (kind === "chain" ? [spanId] : [])),
  );
  return observations.filter(
    ({ kind, parentId, isWholeRun }) =>
      kind !== "chain" || isWholeRun === true || parentId === null || !chains.has(parentId),
  );
}
