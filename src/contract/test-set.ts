import * as z from "zod";
import { LIMITS } from "./limits.ts";

/** Bounds of test sets. */
export const TEST_SET_LIMITS = {
  sets: 200,
  items: 2000,
  textCharacters: 20_000,
  turns: 20,
} as const;

const text = z.string().trim().min(1).max(TEST_SET_LIMITS.textCharacters);
const tag = z.string().trim().min(1).max(LIMITS.tagCharacters);

/** A question, and what is known of its right answer. */
export const TestItem = z.strictObject({
  /** Left out: its place in the set. */
  id: z.string().trim().min(1).max(200).optional(),
  question: text,
  /** Variables the app asks for, by name. */
  inputs: z.record(z.string().max(200), z.unknown()).optional(),
  /** Sent along where the app takes files. */
  files: z
    .array(
      z.strictObject({
        type: z.enum(["image", "document", "audio", "video"]),
        url: z.url().max(2000),
      }),
    )
    .max(10)
    .optional(),
  /** What the user said before, in the same conversation; the answer to `question` is scored. */
  turns: z.array(text).max(TEST_SET_LIMITS.turns).optional(),
  /** The reference answer. */
  ground_truth: text.optional(),
  /** Passages a right answer rests on. */
  reference_contexts: z.array(text).max(LIMITS.passages).optional(),
  /** Ids of the documents that should be found. */
  reference_ids: z.array(z.string().min(1).max(500)).max(1000).optional(),
  tags: z.record(tag, tag).optional(),
});
export type TestItem = z.infer<typeof TestItem>;

const name = z.string().trim().min(1).max(LIMITS.nameCharacters);
const items = z.array(TestItem).max(TEST_SET_LIMITS.items);

/** `POST /api/test-sets`. */
export const CreateTestSet = z.strictObject({ name, items: items.default([]) });
export type CreateTestSet = z.infer<typeof CreateTestSet>;

/** `PATCH /api/test-sets/{set_id}`. */
export const ChangeTestSet = z.strictObject({ name });

/** `PATCH /api/test-sets/{set_id}/items`: an item with an id the set has takes its place; others come at the end. */
export const ChangeTestItems = z.strictObject({
  put: items.default([]),
  /** Ids. */
  remove: z.array(z.string().max(200)).max(TEST_SET_LIMITS.items).default([]),
});
export type ChangeTestItems = z.infer<typeof ChangeTestItems>;

export const TestSet = z.object({
  test_set_id: z.string(),
  name: z.string(),
  /** Of the items, whatever their order: two sets with the same version ask the same. */
  version: z.string(),
  /** How many. */
  items: z.number(),
  created_at: z.string(),
  created_by: z.string(),
  changed_at: z.string(),
});
export type TestSet = z.infer<typeof TestSet>;

export const TestSetList = z.object({ test_sets: z.array(TestSet) });
export type TestSetList = z.infer<typeof TestSetList>;

/** An item whose reference does not go together with its own documents: a good app would look bad at it. */
export const DoubtfulItem = z.object({
  item_id: z.string(),
  /** `contradicted`: the documents say otherwise. `not_held`: they do not say it. */
  doubt: z.enum(["contradicted", "not_held"]),
  /** The statement of the reference. */
  claim: z.string(),
  /** The sentence against it; null: there is none. */
  evidence: z.string().nullable(),
});
export type DoubtfulItem = z.infer<typeof DoubtfulItem>;

export const TestItemPage = z.object({
  items: z.array(TestItem.extend({ id: z.string() })),
  /** Ask for the rest with `from`; null: these are all. */
  next_from: z.number().nullable(),
});
export type TestItemPage = z.infer<typeof TestItemPage>;

export const ChangedTestSet = TestSet.extend({
  /** Of the items that came. */
  doubtful: z.array(DoubtfulItem),
});
export type ChangedTestSet = z.infer<typeof ChangedTestSet>;

export const ImportedTestSet = ChangedTestSet.extend({
  /** Items that came. */
  imported: z.number(),
  /** Of these, how many had an answer and nothing else, which was taken for the reference. */
  answers_as_reference: z.number(),
  bad_rows: z.array(z.object({ line: z.number(), reason: z.string() })),
});
export type ImportedTestSet = z.infer<typeof ImportedTestSet>;

/** `POST /api/test-sets/{test_set_id}/annotations` */
export const ImportAnnotations = z.strictObject({
  /** A Dify app that is connected. */
  target_id: z.string().max(100),
});

/** `POST /api/test-sets/{test_set_id}/samples` */
export const AddSample = z.strictObject({
  run_id: z.string().max(100),
  sample_id: z.string().max(200),
  /** The right answer; left out, the sample's own reference. */
  ground_truth: text.optional(),
});
export type AddSample = z.infer<typeof AddSample>;
