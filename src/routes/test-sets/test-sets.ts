import { actorOf } from "../../access/audit.ts";
import type { ChangedTestSet, TestItem, TestSet } from "../../contract/test-set.ts";
import { TEST_SET_LIMITS } from "../../contract/test-set.ts";
import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { createTestSet, findTestSet, putItems } from "../../jobs/test-sets/change-items.ts";
import { findDoubtful } from "../../jobs/test-sets/doubt-items.ts";
import {
  deleteTestSet,
  listTestItems,
  listTestSets,
  renameTestSet,
  type TestSetRecord,
} from "../../storage/test-sets.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { TEST_SET_ROUTES } from "./routes.ts";

const ITEMS_OF_A_PAGE = 100;

export const TEST_SET_HANDLERS = {
  async list_test_sets(http) {
    const { project } = http.get("caller");
    const sets = await listTestSets(http.get("jobs").db, project, TEST_SET_LIMITS.sets);
    return { test_sets: sets.map(viewTestSet) };
  },

  async create_test_set(http, { body }) {
    const caller = http.get("caller");
    const context = http.get("jobs");
    const set = await createTestSet(context, {
      ...{ project: caller.project, name: body.name, createdBy: actorOf(caller) },
    });
    if (body.items.length === 0) return { ...viewTestSet(set), doubtful: [] };
    return change(http, set, { put: body.items, remove: [] });
  },

  async get_test_set(http, { params }) {
    return viewTestSet(await find(http, params.test_set_id));
  },

  async change_test_set(http, { params, body }) {
    const set = await find(http, params.test_set_id);
    const changed = { name: body.name, changedAt: http.get("jobs").now() };
    await renameTestSet(http.get("jobs").db, set, changed);
    return viewTestSet({ ...set, ...changed });
  },

  async delete_test_set(http, { params: { test_set_id: id } }) {
    if (await deleteTestSet(http.get("jobs").db, http.get("caller").project, id)) return;
    throw new AppError(said("not_found.test_set", { id: id.slice(0, 100) }));
  },

  async list_test_items(http, { params, query: { from } }) {
    const set = await find(http, params.test_set_id);
    const found = await listTestItems(http.get("jobs").db, set.id, {
      from,
      limit: ITEMS_OF_A_PAGE + 1,
    });
    const items = found.slice(0, ITEMS_OF_A_PAGE).map((item) => ({ ...item, id: item.id ?? "" }));
    return { items, next_from: found.length > ITEMS_OF_A_PAGE ? from + ITEMS_OF_A_PAGE : null };
  },

  async change_test_items(http, { params, body }) {
    return change(http, await find(http, params.test_set_id), body);
  },
} satisfies Partial<Handlers<typeof TEST_SET_ROUTES>>;

export function find(http: Http, id: string): Promise<TestSetRecord> {
  return findTestSet(http.get("jobs"), http.get("caller").project, id);
}

/** The set as it is after a change. */
export async function change(
  http: Http,
  set: TestSetRecord,
  wish: { put: readonly TestItem[]; remove: readonly string[] },
): Promise<ChangedTestSet> {
  const context = http.get("jobs");
  const changed = await putItems(context, set, wish);
  const doubtful = await findDoubtful(context, set.project, changed.items);
  return { ...viewTestSet(changed.set), doubtful };
}

function viewTestSet(set: TestSetRecord): TestSet {
  return {
    test_set_id: set.id,
    name: set.name,
    version: set.version,
    items: set.items,
    created_at: isoTime(set.createdAt),
    created_by: set.createdBy,
    changed_at: isoTime(set.changedAt),
  };
}
