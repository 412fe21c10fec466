import type { TestItem } from "../contract/test-set.ts";
import { pick, type RecordOf } from "./fields.ts";
import { testItems, testSets } from "./schema.ts";
import { change, hasChanged, readRows, sql, transact } from "./sql.ts";
import { columns, findAll, findOne, insert, jsonRows, setExcluded, valuesOfEach } from "./table.ts";

export type TestSetRecord = RecordOf<typeof testSets.fields>;

const ITEM = pick(testItems.fields, "id", "place", "hash", "item");
export type TestItemRecord = RecordOf<typeof ITEM>;

const SET = testSets.fields;
/** A parameter of D1 holds 2 MB at most. */
const ROWS_AT_ONCE_CHARACTERS = 400_000;

export async function insertTestSet(db: D1Database, set: TestSetRecord): Promise<void> {
  await change(db, insert(testSets, set));
}

/** Newest first. */
export function listTestSets(
  db: D1Database,
  project: string,
  limit: number,
): Promise<TestSetRecord[]> {
  return findAll(
    db,
    SET,
    sql`SELECT ${columns(SET)} FROM test_sets WHERE project = ${project} ORDER BY id DESC LIMIT ${limit}`,
  );
}

export function getTestSet(
  db: D1Database,
  project: string,
  id: string,
): Promise<TestSetRecord | null> {
  return findOne(
    db,
    SET,
    sql`SELECT ${columns(SET)} FROM test_sets WHERE project = ${project} AND id = ${id}`,
  );
}

export async function renameTestSet(
  db: D1Database,
  { project, id }: { project: string; id: string },
  { name, changedAt }: Pick<TestSetRecord, "name" | "changedAt">,
): Promise<void> {
  await change(
    db,
    sql`UPDATE test_sets SET name = ${name}, changed_at = ${changedAt} WHERE project = ${project} AND id = ${id}`,
  );
}

/** Items from a place on, in their order. */
export async function listTestItems(
  db: D1Database,
  setId: string,
  { from = 0, limit = 10_000 }: { from?: number; limit?: number } = {},
): Promise<TestItem[]> {
  const rows = await findAll(
    db,
    pick(testItems.fields, "item"),
    sql`SELECT item FROM test_items INDEXED BY test_items_in_order WHERE set_id = ${setId}
      ORDER BY place, id LIMIT ${limit} OFFSET ${from}`,
  );
  return rows.map(({ item }) => item);
}

/** Of every item its id, place and hash: what a new version is made of. */
export function listTestItemHashes(
  db: D1Database,
  setId: string,
): Promise<Pick<TestItemRecord, "id" | "place" | "hash">[]> {
  return readRows(
    db,
    sql`SELECT id, place, hash FROM test_items INDEXED BY test_items_in_order WHERE set_id = ${setId} ORDER BY place, id`,
  );
}

/** Changes items and version together. False: somebody changed the set meanwhile, and nothing was written. */
export async function changeTestItems(
  db: D1Database,
  set: Pick<TestSetRecord, "project" | "id" | "version">,
  { put, remove }: { put: readonly TestItemRecord[]; remove: readonly string[] },
  after: Pick<TestSetRecord, "version" | "items" | "changedAt">,
): Promise<boolean> {
  const isSame = sql`EXISTS (SELECT 1 FROM test_sets
    WHERE project = ${set.project} AND id = ${set.id} AND version = ${set.version})`;
  const answers = await transact(db, [
    sql`DELETE FROM test_items WHERE set_id = ${set.id} AND ${isSame}
      AND id IN (SELECT value FROM json_each(${JSON.stringify(remove)}))`,
    ...portions(put).map(
      (rows) => sql`INSERT INTO test_items (set_id, ${columns(ITEM)})
        SELECT ${set.id}, ${valuesOfEach(ITEM)} FROM json_each(${jsonRows(ITEM, rows)}) WHERE ${isSame}
        ON CONFLICT (set_id, id) DO UPDATE SET ${setExcluded(ITEM)}`,
    ),
    sql`UPDATE test_sets SET version = ${after.version}, items = ${after.items}, changed_at = ${after.changedAt}
      WHERE project = ${set.project} AND id = ${set.id} AND version = ${set.version}`,
  ]);
  return hasChanged(answers.at(-1));
}

function portions(rows: readonly TestItemRecord[]): TestItemRecord[][] {
  const all: TestItemRecord[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const length = JSON.stringify(row.item).length;
    if (size + length > ROWS_AT_ONCE_CHARACTERS) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(row);
    size += length;
  }
  return all;
}

/** With its items; runs that were made of it stay. False: there was none. */
export async function deleteTestSet(db: D1Database, project: string, id: string): Promise<boolean> {
  const isOurs = sql`EXISTS (SELECT 1 FROM test_sets WHERE project = ${project} AND id = ${id})`;
  const answers = await transact(db, [
    sql`DELETE FROM test_items WHERE set_id = ${id} AND ${isOurs}`,
    sql`DELETE FROM test_sets WHERE project = ${project} AND id = ${id}`,
  ]);
  return hasChanged(answers.at(-1));
}
