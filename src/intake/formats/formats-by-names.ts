import type { Format } from "./format.ts";

// Tools whose rows say all by the names of their columns; those whose rows want reading have files of their own.

/** From 0.2 `user_input`, before it `question`; test sets and results have the same names. */
export const ragas: Format = {
  id: "ragas",
  label: "Ragas",
  knownBy: [
    ["user_input", "response"],
    ["user_input", "retrieved_contexts"],
    ["user_input", "reference"],
    ["user_input", "reference_contexts"],
    ["question", "contexts", "ground_truths"],
    ["question", "contexts", "ground_truth", "evolution_type"],
    ["question", "contexts", "ground_truth", "faithfulness"],
    ["question", "answer", "contexts", "ground_truth", "!metrics", "!judge", "!session_id"],
  ],
  fields: {
    question: ["user_input", "question"],
    answer: ["response", "answer"],
    contexts: ["retrieved_contexts", "contexts"],
    ground_truth: ["reference", "ground_truth", "ground_truths"],
    reference_contexts: ["reference_contexts"],
    retrieved_ids: ["retrieved_context_ids"],
    reference_ids: ["reference_context_ids"],
  },
};

export const ragchecker: Format = {
  id: "ragchecker",
  label: "RAGChecker",
  knownBy: [
    ["query", "gt_answer"],
    ["query", "response", "retrieved_context"],
  ],
  fields: {
    id: ["query_id"],
    question: ["query"],
    answer: ["response"],
    contexts: ["retrieved_context"],
    ground_truth: ["gt_answer"],
  },
  foreign: ["metrics"],
};

/** Records of an app, and frames of ground truth. */
export const trulens: Format = {
  id: "trulens",
  label: "TruLens",
  knownBy: [
    ["record_id", "input", "output"],
    ["record_id", "record_json"],
    ["app_name", "app_version", "input", "output"],
    ["query", "expected_response"],
    ["query", "expected_chunks"],
  ],
  fields: {
    id: ["record_id", "query_id"],
    question: ["input", "query"],
    answer: ["output", "generated_response", "response"],
    contexts: ["contexts", "retrieved_contexts", "retrieved_chunks", "context"],
    ground_truth: ["expected_response", "ground_truth"],
    reference_contexts: ["expected_chunks"],
  },
  foreign: ["name", "tags"],
};

/** Questions with the reply a person wrote: the answer is the right one, not one that was given. */
export const difyAnnotations: Format = {
  id: "dify-annotations",
  label: "Dify annotations",
  knownBy: [
    ["question", "answer", "hit_count"],
    ["question", "content", "hit_count"],
  ],
  fields: {
    id: ["id"],
    question: ["question", "问题"],
    ground_truth: ["answer", "content", "答案"],
    answer: ["response", "output", "回答"],
  },
};

/** Test sets of its RAG evaluation toolkit. */
export const giskard: Format = {
  id: "giskard",
  label: "Giskard",
  knownBy: [
    ["question", "reference_answer", "reference_context"],
    ["question", "reference_answer", "conversation_history"],
  ],
  fields: {
    id: ["id"],
    question: ["question"],
    answer: ["answer", "agent_answer", "response"],
    contexts: ["contexts", "documents", "retrieved_contexts"],
    ground_truth: ["reference_answer"],
    reference_contexts: ["reference_context", "reference_contexts"],
  },
};

/** Spans of a trace and the frames its evaluators take. `reference` is the text that was retrieved. */
export const phoenix: Format = {
  id: "phoenix",
  label: "Phoenix",
  knownBy: [
    ["attributes.input.value"],
    ["attributes.output.value"],
    ["input", "reference", "document_score"],
    ["input", "output", "reference", "!actual_output", "!expected_output", "!context", "!contexts"],
    ["context.span_id", "input"],
  ],
  fields: {
    id: ["context.span_id", "span_id"],
    question: ["attributes.input.value", "input"],
    answer: ["attributes.output.value", "output"],
    contexts: [
      "attributes.retrieval.documents",
      "attributes.reranker.output_documents",
      "reference",
    ],
    ground_truth: ["expected", "expected_output", "ground_truth"],
  },
  foreign: ["name", "tags", "session_id", "context"],
};

/** Question-answering sets as they lie on the Hub: `context` and `answers` are what is right, not what an app did. */
export const huggingface: Format = {
  id: "huggingface",
  label: "Hugging Face",
  knownBy: [
    ["question", "context", "answers"],
    ["question", "answers.text"],
    ["query", "passages", "answers"],
    ["query", "passages.*", "answers"],
    ["question", "documents", "response"],
    ["question", "relevant_passage_ids"],
  ],
  fields: {
    id: ["id", "query_id"],
    question: ["question", "query"],
    answer: ["prediction", "prediction_text", "response", "generated_answer", "model_answer"],
    contexts: ["retrieved_contexts", "contexts", "documents"],
    ground_truth: ["answers.text", "answers", "well_formed_answers", "answer", "ground_truth"],
    reference_contexts: ["context", "passages.passage_text", "passages"],
    reference_ids: ["relevant_passage_ids"],
  },
};
