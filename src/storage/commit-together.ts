type Statements = readonly D1PreparedStatement[];

/** What one who waited is told: what its statements gave, to try them alone, or that it is the next to go. */
type Turn = { results: D1Result[] } | "alone" | "lead";

interface Waiting {
  statements: Statements;
  tell: (turn: Turn) => void;
}

interface Group {
  waiting: Waiting[];
  isBusy: boolean;
}

/** Keeps one call to the database within its limits of size and time. */
const TRANSACTIONS_AT_ONCE = 20;
/** Who leads may die with its request; nobody waits longer for it than it takes to be sure. */
const PATIENCE_MS = 5_000;

const groups = new WeakMap<D1Database, Group>();

/**
 * A transaction that may travel with others, of other requests too. What comes while one is under way waits for it and
 * then goes as one: a round trip costs more than the statements in it. Nobody waits while nothing is under way. If the
 * whole fails each is tried alone, so none suffers for another; like all ours, statements carry their own conditions and
 * may run twice. Each call is made by a request that has a part in it: the platform lets none work for others alone.
 */
export async function commitTogether(
  db: D1Database,
  statements: Statements,
  patienceMs = PATIENCE_MS,
): Promise<D1Result[]> {
  const group = groups.get(db) ?? { waiting: [], isBusy: false };
  groups.set(db, group);
  if (group.isBusy) {
    const turn = await waitForTurn(db, group, statements, patienceMs);
    if (turn === "alone") return db.batch([...statements]);
    if (turn !== "lead") return turn.results;
  }
  group.isBusy = true;
  const others = group.waiting.splice(0, TRANSACTIONS_AT_ONCE - 1);
  try {
    return await commitAll(db, statements, others);
  } finally {
    const next = group.waiting.shift();
    if (next) next.tell("lead");
    else group.isBusy = false;
  }
}

async function commitAll(
  db: D1Database,
  mine: Statements,
  others: readonly Waiting[],
): Promise<D1Result[]> {
  try {
    const results = await db.batch([...mine, ...others.flatMap(({ statements }) => statements)]);
    let from = mine.length;
    for (const { statements, tell } of others) {
      tell({ results: results.slice(from, from + statements.length) });
      from += statements.length;
    }
    return results.slice(0, mine.length);
  } catch (error) {
    if (others.length === 0) throw error;
    for (const { tell } of others) tell("alone");
    return db.batch([...mine]);
  }
}

function waitForTurn(
  db: D1Database,
  group: Group,
  statements: Statements,
  patienceMs: number,
): Promise<Turn> {
  return new Promise((resolve) => {
    const one: Waiting = {
      statements,
      tell: (turn) => {
        clearTimeout(patience);
        resolve(turn);
      },
    };
    const patience = setTimeout(() => {
      group.waiting = group.waiting.filter((other) => other !== one);
      if (groups.get(db) === group) groups.delete(db);
      resolve("alone");
    }, patienceMs);
    group.waiting.push(one);
  });
}
