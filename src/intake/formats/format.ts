/** What a column or key of a row can be. `tag`: its name and value become a tag of the sample. */
export const TARGETS = [
  "question",
  "answer",
  "contexts",
  "ground_truth",
  "reference_contexts",
  "retrieved_ids",
  "reference_ids",
  "id",
  "tags",
  "tag",
] as const;
export type Target = (typeof TARGETS)[number];

/** Those of which a sample has one; of the others several columns are put together. */
export const SINGLE: ReadonlySet<Target> = new Set<Target>([
  "question",
  "answer",
  "ground_truth",
  "retrieved_ids",
  "reference_ids",
  "id",
  "tags",
]);

const FORMAT_IDS = [
  "ragas",
  "deepeval",
  "langfuse",
  "phoenix",
  "phoenix-dataset",
  "langsmith",
  "langsmith-dataset",
  "trulens",
  "ragchecker",
  "promptfoo",
  "openai-evals",
  "mlflow",
  "opik",
  "huggingface",
  "giskard",
  "dify-annotations",
] as const;
type FormatId = (typeof FORMAT_IDS)[number];

/** Rows under the names of this service, or under names that belong to no tool. */
export const OWN_FORMAT = "touchstone";
export const ROW_FORMATS = [...FORMAT_IDS, OWN_FORMAT] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

export function readRowFormat(word: string): RowFormat | null {
  return ROW_FORMATS.find((format) => format === word) ?? null;
}

/** What a tool calls the parts of a sample. */
export interface Format {
  id: FormatId;
  /** As its makers write it. */
  label: string;
  /**
   * Sets of names: a row that has every name of one set is of this format. Case, blanks and `_` mean nothing, `a.b` is
   * `b` inside `a`; `=Name` must be written exactly so, `name.*` is any name inside, `!name` must not be there.
   */
  knownBy: readonly (readonly string[])[];
  /** Where the parts stand, the surest name first. `a.*` is what `a` holds, when that is one thing. */
  fields: Readonly<Partial<Record<Target, readonly string[]>>>;
  /** A set that leaves open whether `answer` is what was said or what should have been. */
  unsureBy?: readonly string[];
  /** Names that mean something else here than they do for this service. */
  foreign?: readonly string[];
  /** What its writers put between the texts of a list that became one cell. */
  listSeparator?: string;
  /** Takes a row apart where names alone do not reach. Gives the fields it read. */
  read?: (row: ReadonlyMap<string, unknown>) => Partial<Record<Target, unknown>>;
}

/** A name without what people vary: case, width, blanks, marks. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-.:：()（）[\]【】*]/g, "");
}
