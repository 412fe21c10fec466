import type { World } from "./job-world.ts";

/**
 * - `fails`: the step throws once, without effect
 * - `answer is lost`: the step has its effect and then throws
 * - `consumer dies before` / `after`: as above, and nothing the consumer does later reaches anybody
 */
export const FAULTS = [
  "fails",
  "answer is lost",
  "consumer dies before",
  "consumer dies after",
] as const;
export type Fault = (typeof FAULTS)[number];

export interface Steps {
  /** Steps taken so far: statements, transactions, objects, sends, judge and webhook calls. */
  count: () => number;
  hasStruck: () => boolean;
  revive: () => void;
}

/** Lets step number `at` of everything the world's context does go wrong. */
export function sabotage(world: World, fault: Fault, at: number): Steps {
  let count = 0;
  let isDead = false;
  let hasStruck = false;
  async function step<T>(run: () => Promise<T>): Promise<T> {
    if (isDead) throw new Error("this consumer is dead");
    const isNow = ++count === at && !hasStruck;
    if (!isNow) return run();
    hasStruck = true;
    if (fault === "answer is lost" || fault === "consumer dies after") await run();
    if (fault.startsWith("consumer")) isDead = true;
    throw new Error(`step ${at} went wrong`);
  }
  const { context } = world;
  for (const name of ["db", "home"] as const) {
    context[name] = intercept(context[name], { prepare: "statement", batch: "step" }, step);
  }
  context.bucket = intercept(
    context.bucket,
    { get: "step", head: "step", put: "step", delete: "step", list: "step" },
    step,
  );
  const { wake, outside } = context;
  context.wake = (messages) => step(() => wake(messages));
  context.outside = { ...outside, fetch: (url, init) => step(() => outside.fetch(url, init)) };
  const judge = world.judge.current;
  world.judge.current = { name: judge.name, fill: (...args) => step(() => judge.fill(...args)) };
  return {
    count: () => count,
    hasStruck: () => hasStruck,
    revive: () => {
      isDead = false;
    },
  };
}

type Step = <T>(run: () => Promise<T>) => Promise<T>;

const STATEMENT = { bind: "statement", first: "step", run: "step", all: "step" } as const;
const originals = new WeakMap<object, D1PreparedStatement>();

function intercept<T extends object>(
  target: T,
  methods: Record<string, "step" | "statement">,
  step: Step,
): T {
  return new Proxy(target, {
    get(original, name) {
      const value: unknown = Reflect.get(original, name);
      if (typeof value !== "function") return value;
      const kind = typeof name === "string" ? methods[name] : undefined;
      if (kind === undefined) return value.bind(original);
      if (kind === "statement") {
        return (...args: unknown[]) => {
          const statement = value.apply(original, args) as D1PreparedStatement;
          const proxy = intercept(statement, STATEMENT, step);
          originals.set(proxy, statement);
          return proxy;
        };
      }
      return (...args: unknown[]) =>
        step(() => value.apply(original, args.map(unwrap)) as Promise<unknown>);
    },
  });
}

/** `batch` hands statements to the platform, which knows only its own. */
function unwrap(argument: unknown): unknown {
  if (!Array.isArray(argument)) return argument;
  return argument.map((item) => originals.get(item as object) ?? item);
}
