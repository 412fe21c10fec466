interface Transaction {
  statements: readonly D1PreparedStatement[];
  settle: (results: D1Result[]) => void;
  fail: (error: unknown) => void;
}

/** Keeps one call to the database within its limits of size and time. */
const TRANSACTIONS_AT_ONCE = 20;

const groups = new WeakMap<D1Database, { waiting: Transaction[]; isBusy: boolean }>();

/**
 * A transaction that may travel with others. What comes while one is under way waits for it and then goes as one: a
 * round trip costs more than the statements in it. Nobody waits while nothing is under way. If the whole fails each is
 * tried alone, so none suffers for another; like all ours, statements carry their own conditions and may run twice.
 */
export function commitTogether(
  db: D1Database,
  statements: readonly D1PreparedStatement[],
): Promise<D1Result[]> {
  const group = groups.get(db) ?? { waiting: [], isBusy: false };
  groups.set(db, group);
  return new Promise((settle, fail) => {
    group.waiting.push({ statements, settle, fail });
    if (!group.isBusy) void workThrough(db, group);
  });
}

async function workThrough(
  db: D1Database,
  group: { waiting: Transaction[]; isBusy: boolean },
): Promise<void> {
  group.isBusy = true;
  while (group.waiting.length > 0) {
    await commitAll(db, group.waiting.splice(0, TRANSACTIONS_AT_ONCE));
  }
  group.isBusy = false;
}

async function commitAll(db: D1Database, transactions: readonly Transaction[]): Promise<void> {
  try {
    const results = await db.batch(transactions.flatMap(({ statements }) => statements));
    let from = 0;
    for (const { statements, settle } of transactions) {
      settle(results.slice(from, from + statements.length));
      from += statements.length;
    }
  } catch (error) {
    const [only] = transactions;
    if (only && transactions.length === 1) return only.fail(error);
    for (const transaction of transactions) await commitAll(db, [transaction]);
  }
}
