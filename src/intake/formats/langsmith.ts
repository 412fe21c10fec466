import type { Format } from "./format.ts";

const QUESTION = [
  "inputs.question",
  "inputs.input",
  "inputs.query",
  "inputs.user_input",
  "inputs.messages",
  "inputs.prompt",
  "inputs.text",
  "inputs.*",
  "inputs",
];
const CONTEXTS = [
  "outputs.contexts",
  "outputs.retrieved_contexts",
  "outputs.documents",
  "outputs.context",
  "outputs.source_documents",
  "inputs.contexts",
  "inputs.retrieved_contexts",
  "inputs.documents",
  "inputs.context",
];
const IN_OUTPUT = (name: string) => [
  `${name}.answer`,
  `${name}.output`,
  `${name}.response`,
  `${name}.result`,
  `${name}.text`,
  `${name}.messages`,
  `${name}.*`,
  name,
];

const UNSURE = ["inputs", "outputs", "!dataset_id", "!source_run_id", "!split"];

/** Runs and experiments: `outputs` is what the app said, `reference_outputs` what it should have said. */
export const langsmith: Format = {
  id: "langsmith",
  label: "LangSmith",
  knownBy: [
    ["inputs", "outputs", "reference_outputs"],
    ["inputs", "outputs", "run_type"],
    ["inputs", "outputs", "reference_example_id"],
    ["inputs.*", "outputs.contexts"],
    ["inputs.*", "outputs.retrieved_contexts"],
    ["inputs.*", "outputs.documents"],
    ["inputs.*", "outputs.context"],
    UNSURE,
  ],
  unsureBy: UNSURE,
  fields: {
    id: ["id"],
    question: QUESTION,
    answer: IN_OUTPUT("outputs"),
    contexts: CONTEXTS,
    ground_truth: [...IN_OUTPUT("reference_outputs"), "reference"],
    reference_contexts: ["reference_outputs.contexts"],
  },
  foreign: ["name", "tags", "session_id", "metrics"],
};

/** Examples of a dataset: `outputs` is the answer that is wanted. */
export const langsmithDataset: Format = {
  id: "langsmith-dataset",
  label: "LangSmith dataset",
  knownBy: [
    ["inputs", "outputs", "dataset_id"],
    ["inputs", "outputs", "source_run_id"],
    ["inputs", "outputs", "split"],
  ],
  fields: {
    id: ["id"],
    question: QUESTION,
    ground_truth: IN_OUTPUT("outputs"),
    answer: ["response", "prediction", "generated_answer"],
    contexts: ["inputs.contexts", "inputs.retrieved_contexts"],
    reference_contexts: ["outputs.contexts", "inputs.context"],
  },
  foreign: ["name", "tags", "session_id", "metrics"],
};
