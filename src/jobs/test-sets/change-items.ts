import { TEST_SET_LIMITS, type TestItem } from "../../contract/test-set.ts";
import { AppError } from "../../errors.ts";
import { fingerprint } from "../../intake/idempotency.ts";
import {
  changeTestItems,
  getTestSet,
  insertTestSet,
  listTestItemHashes,
  listTestSets,
  type TestItemRecord,
  type TestSetRecord,
} from "../../storage/test-sets.ts";
import { said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";

/** An item stays far below what a row of the database holds. */
const ITEM_CHARACTERS = 400_000;

/** Of the items' hashes, whatever their order. */
function versionOf(hashes: readonly string[]): Promise<string> {
  return fingerprint(hashes.toSorted());
}

export async function createTestSet(
  context: JobContext,
  { project, name, createdBy }: Pick<TestSetRecord, "project" | "name" | "createdBy">,
): Promise<TestSetRecord> {
  const { db, now, newId } = context;
  const limit = TEST_SET_LIMITS.sets;
  if ((await listTestSets(db, project, limit)).length >= limit) {
    throw new AppError(said("conflict.too_many", { limit }));
  }
  const at = now();
  const set = {
    ...{ project, id: `set_${newId()}`, name, version: await versionOf([]), items: 0 },
    ...{ createdAt: at, createdBy, changedAt: at },
  };
  await insertTestSet(db, set);
  return set;
}

/** Puts items in and takes others out. An item with an id the set has takes its place; one without is named by its content. */
export async function putItems(
  context: JobContext,
  set: TestSetRecord,
  { put, remove }: { put: readonly TestItem[]; remove: readonly string[] },
): Promise<{ set: TestSetRecord; items: (TestItem & { id: string })[] }> {
  const { db, now } = context;
  const gone = new Set(remove);
  const known = (await listTestItemHashes(db, set.id)).filter(({ id }) => !gone.has(id));
  const rows = new Map<string, Pick<TestItemRecord, "id" | "place" | "hash">>(
    known.map((row) => [row.id, row]),
  );
  let place = (known.at(-1)?.place ?? -1) + 1;
  const written = new Map<string, TestItemRecord>();
  for (const given of put) {
    const { id: wanted, ...content } = given;
    const hash = await fingerprint(content);
    const id = wanted ?? `q-${hash.replace(/[^A-Za-z0-9]/g, "").slice(0, 10)}`;
    const item = { id, ...content };
    if (JSON.stringify(item).length > ITEM_CHARACTERS) {
      throw new AppError(said("invalid_request.long_item", { id, limit: ITEM_CHARACTERS }));
    }
    const row = { id, place: rows.get(id)?.place ?? place++, hash, item };
    rows.set(id, row);
    written.set(id, row);
  }
  const limit = TEST_SET_LIMITS.items;
  if (rows.size > limit) throw new AppError(said("invalid_request.too_many_items", { limit }));
  const version = await versionOf([...rows.values()].map(({ hash }) => hash));
  const after = { version, items: rows.size, changedAt: now() };
  const records = [...written.values()];
  if (!(await changeTestItems(db, set, { put: records, remove }, after))) {
    throw new AppError(said("conflict.set_changed"));
  }
  const items = records.map(({ id, item }) => ({ ...item, id }));
  return { set: { ...set, ...after }, items };
}

export async function findTestSet(
  context: JobContext,
  project: string,
  id: string,
): Promise<TestSetRecord> {
  const set = await getTestSet(context.db, project, id);
  if (set === null) throw new AppError(said("not_found.test_set", { id: id.slice(0, 100) }));
  return set;
}
