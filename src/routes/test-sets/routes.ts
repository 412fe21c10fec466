import * as z from "zod";
import {
  ChangedTestSet,
  ChangeTestItems,
  ChangeTestSet,
  CreateTestSet,
  TestItemPage,
  TestSet,
  TestSetList,
} from "../../contract/test-set.ts";
import type { RouteTable } from "../../http/route.ts";

/** A test set comes whole, with passages. */
const ITEMS_BYTES = 20 * 1024 * 1024;

export const TEST_SET_ROUTES = {
  list_test_sets: {
    method: "GET",
    path: "/api/test-sets",
    policy: { need: "read" },
    en: "List test sets, newest first",
    zh: "列出测试集，新的在前",
    answer: { status: 200, description: "All test sets of the project.", body: TestSetList },
  },
  create_test_set: {
    method: "POST",
    path: "/api/test-sets",
    policy: { need: "run" },
    en: "Create a test set: questions with what is known of their right answers",
    zh: "新建测试集：问题及已知的标准答案",
    body: CreateTestSet,
    mostBodyBytes: ITEMS_BYTES,
    answer: { status: 201, description: "The test set.", body: ChangedTestSet },
    problems: [409],
  },
  get_test_set: {
    method: "GET",
    path: "/api/test-sets/:test_set_id",
    policy: { need: "read" },
    en: "Read a test set without its items",
    zh: "读取测试集（不含条目）",
    answer: { status: 200, description: "The test set.", body: TestSet },
  },
  change_test_set: {
    method: "PATCH",
    path: "/api/test-sets/:test_set_id",
    policy: { need: "run" },
    en: "Rename a test set",
    zh: "重命名测试集",
    body: ChangeTestSet,
    answer: { status: 200, description: "The test set.", body: TestSet },
  },
  delete_test_set: {
    method: "DELETE",
    path: "/api/test-sets/:test_set_id",
    policy: { need: "run", audit: "test_set.deleted" },
    en: "Delete a test set; its runs stay",
    zh: "删除测试集，已有的运行保留",
    answer: { status: 204, description: "Deleted." },
  },
  list_test_items: {
    method: "GET",
    path: "/api/test-sets/:test_set_id/items",
    policy: { need: "read" },
    en: "Read the items of a test set, in their order",
    zh: "按顺序读取测试集的条目",
    query: z.object({
      from: z.coerce.number().int().min(0).default(0).describe("The first item, counted from 0."),
    }),
    answer: { status: 200, description: "A page of items.", body: TestItemPage },
  },
  change_test_items: {
    method: "PATCH",
    path: "/api/test-sets/:test_set_id/items",
    policy: { need: "run" },
    en: "Put items into a test set, and take others out",
    zh: "增改或移除测试集的条目",
    body: ChangeTestItems,
    mostBodyBytes: ITEMS_BYTES,
    answer: { status: 200, description: "The test set as it is now.", body: ChangedTestSet },
    problems: [409],
  },
} as const satisfies RouteTable;
