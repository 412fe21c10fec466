import { deepeval } from "./deepeval.ts";
import type { Format, RowFormat } from "./format.ts";
import {
  difyAnnotations,
  giskard,
  huggingface,
  phoenix,
  ragas,
  ragchecker,
  trulens,
} from "./formats-by-names.ts";
import { langfuse } from "./langfuse.ts";
import { langsmith, langsmithDataset } from "./langsmith.ts";
import { mlflow } from "./mlflow.ts";
import { openaiEvals } from "./openai-evals.ts";
import { opik } from "./opik.ts";
import { phoenixDataset } from "./phoenix-dataset.ts";
import { promptfoo } from "./promptfoo.ts";

/** In the order in which they are tried: what has names of its own comes before what shares them. */
export const FORMATS: readonly Format[] = [
  openaiEvals,
  promptfoo,
  ragas,
  ragchecker,
  trulens,
  difyAnnotations,
  giskard,
  deepeval,
  mlflow,
  langsmith,
  langsmithDataset,
  opik,
  phoenixDataset,
  phoenix,
  langfuse,
  huggingface,
];

export function formatOf(id: RowFormat): Format | null {
  return FORMATS.find((format) => format.id === id) ?? null;
}
