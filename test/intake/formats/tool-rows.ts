/*
 * Rows as the tools themselves write them, put down from their documentation and exports and not from our declarations.
 * Each shape is filled with Chinese and with English texts.
 */

export interface Texts {
  question: string;
  answer: string;
  passages: [string, string];
  reference: string;
  ideal: string;
}

export const TEXTS: Readonly<Record<"zh" | "en", Texts>> = {
  en: {
    question: 'How long is the "Pro" warranty?',
    answer: "24 months; it's counted from delivery 🚚.",
    passages: [
      "Pro devices: 24 months of warranty.\nCounted from delivery.",
      "Basic: 12 months, 50% off.",
    ],
    reference: "The warranty lasts 24 months from delivery.",
    ideal: "Warranty table: Pro 24, Basic 12.",
  },
  zh: {
    question: "“专业版”保修多久？",
    answer: "保修 24 个月；自签收日起算🚚。",
    passages: ["专业版：保修二十四个月。\n自签收之日起。", "基础版：十二个月，五折。"],
    reference: "保修期为自签收起二十四个月。",
    ideal: "保修表：专业版 24，基础版 12。",
  },
};

/** What a row must come to. What is absent must be null. */
interface Expected {
  format: string;
  question?: string;
  answer?: string;
  contexts?: readonly string[];
  ground_truth?: string;
  reference_contexts?: readonly string[];
  /** Codes of warnings that must be there; others may not, but for columns that hold no text of a sample. */
  warnings?: readonly string[];
}

export interface Shape {
  name: string;
  row: (texts: Texts) => Record<string, unknown>;
  expected: (texts: Texts) => Expected;
}

const python = (list: readonly string[]) =>
  `[${list.map((text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`).join(", ")}]`;

export const SHAPES: readonly Shape[] = [
  {
    name: "Ragas 0.1",
    row: (t) => ({
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
    expected: (t) => ({
      format: "ragas",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "Ragas 0.1 with ground_truths",
    row: (t) => ({
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truths: [t.reference],
    }),
    expected: (t) => ({
      format: "ragas",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "Ragas 0.2 to 0.4, a table with metrics beside",
    row: (t) => ({
      user_input: t.question,
      retrieved_contexts: python(t.passages),
      reference_contexts: python([t.ideal]),
      response: t.answer,
      reference: t.reference,
      faithfulness: "0.75",
      answer_relevancy: "0.91",
    }),
    expected: (t) => ({
      format: "ragas",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
      reference_contexts: [t.ideal],
    }),
  },
  {
    name: "Ragas multi-turn",
    row: (t) => ({
      user_input: [
        { type: "human", content: "Hi" },
        { type: "ai", content: "Hello" },
        { type: "human", content: t.question },
        { type: "ai", content: t.answer },
      ],
      reference: t.reference,
      response: null,
    }),
    expected: (t) => ({
      format: "ragas",
      question: t.question,
      ground_truth: t.reference,
      warnings: ["turns_left_out"],
    }),
  },
  {
    name: "DeepEval test case",
    row: (t) => ({
      input: t.question,
      actual_output: t.answer,
      expected_output: t.reference,
      context: [t.ideal],
      retrieval_context: t.passages,
      additional_metadata: { source: "a.pdf" },
    }),
    expected: (t) => ({
      format: "deepeval",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
      reference_contexts: [t.ideal],
    }),
  },
  {
    name: "DeepEval in camel case",
    row: (t) => ({
      input: t.question,
      actualOutput: t.answer,
      expectedOutput: t.reference,
      context: [t.ideal],
      retrievalContext: t.passages,
    }),
    expected: (t) => ({
      format: "deepeval",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
      reference_contexts: [t.ideal],
    }),
  },
  {
    name: "DeepEval CSV, lists joined by |",
    row: (t) => ({
      input: t.question,
      actual_output: t.answer,
      expected_output: t.reference,
      context: t.ideal,
      retrieval_context: t.passages.join("|"),
      name: "case 1",
    }),
    expected: (t) => ({
      format: "deepeval",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
      reference_contexts: [t.ideal],
      warnings: ["list_separator"],
    }),
  },
  {
    name: "DeepEval conversation",
    row: (t) => ({
      scenario: "A buyer asks",
      expected_outcome: t.reference,
      turns: [
        { role: "user", content: t.question },
        { role: "assistant", content: t.answer, retrieval_context: t.passages },
      ],
    }),
    expected: (t) => ({
      format: "deepeval",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "Langfuse trace",
    row: (t) => ({
      id: "tr-1",
      timestamp: "2026-11-01T00:00:00Z",
      name: "rag",
      input: { question: t.question },
      output: { answer: t.answer, contexts: t.passages },
      metadata: { k: 4 },
      sessionId: "s1",
      userId: "u1",
      tags: ["prod"],
      bookmarked: false,
    }),
    expected: (t) => ({
      format: "langfuse",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
    }),
  },
  {
    name: "Langfuse dataset item with an answer put beside it",
    row: (t) => ({
      id: "item-1",
      datasetName: "faq",
      input: { query: t.question, context: t.passages },
      output: t.answer,
      expectedOutput: { answer: t.reference },
      sourceTraceId: null,
      sourceObservationId: null,
      status: "ACTIVE",
    }),
    expected: (t) => ({
      format: "langfuse",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "Langfuse observation as CSV, JSON in its cells",
    row: (t) => ({
      id: "ob-1",
      trace_id: "tr-1",
      type: "GENERATION",
      name: "answer",
      input: JSON.stringify({
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: t.question },
        ],
      }),
      output: JSON.stringify({ role: "assistant", content: t.answer }),
      metadata: JSON.stringify({ contexts: t.passages }),
    }),
    expected: (t) => ({
      format: "langfuse",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
    }),
  },
  {
    name: "Phoenix: questions with reference",
    row: (t) => ({
      "context.span_id": "7f",
      input: t.question,
      output: t.answer,
      reference: t.passages.join("\n\n"),
    }),
    expected: (t) => ({
      format: "phoenix",
      question: t.question,
      answer: t.answer,
      contexts: [t.passages.join("\n\n")],
    }),
  },
  {
    name: "Phoenix: spans as a frame",
    row: (t) => ({
      name: "query",
      span_kind: "CHAIN",
      "context.span_id": "7f",
      "context.trace_id": "aa",
      "attributes.input.value": t.question,
      "attributes.output.value": t.answer,
      "attributes.retrieval.documents": t.passages.map((content, at) => ({
        "document.content": content,
        "document.score": 1 - at / 10,
      })),
    }),
    expected: (t) => ({
      format: "phoenix",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
    }),
  },
  {
    name: "Phoenix: spans as nested JSON",
    row: (t) => ({
      name: "query",
      context: { span_id: "7f", trace_id: "aa" },
      attributes: {
        input: { value: t.question, mime_type: "text/plain" },
        output: { value: t.answer },
        retrieval: {
          documents: t.passages.map((content) => ({ document: { content, score: 0.4 } })),
        },
      },
    }),
    expected: (t) => ({
      format: "phoenix",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
    }),
  },
  {
    name: "Phoenix: examples of a dataset",
    row: (t) => ({
      id: "e1",
      node_id: "RGF0",
      input: { question: t.question },
      output: { answer: t.reference },
      metadata: {},
    }),
    expected: (t) => ({
      format: "phoenix-dataset",
      question: t.question,
      ground_truth: t.reference,
    }),
  },
  {
    name: "LangSmith run",
    row: (t) => ({
      id: "run-1",
      name: "RetrievalQA",
      run_type: "chain",
      session_id: "11111111-1111-4111-8111-111111111111",
      inputs: { question: t.question },
      outputs: {
        answer: t.answer,
        context: t.passages.map((page_content) => ({
          page_content,
          metadata: {},
          type: "Document",
        })),
      },
      tags: ["a"],
    }),
    expected: (t) => ({
      format: "langsmith",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
    }),
  },
  {
    name: "LangSmith experiment",
    row: (t) => ({
      inputs: { messages: [{ role: "user", content: t.question }] },
      outputs: {
        messages: [
          { role: "user", content: t.question },
          { role: "assistant", content: t.answer },
        ],
      },
      reference_outputs: { answer: t.reference },
      dataset_id: "d",
    }),
    expected: (t) => ({
      format: "langsmith",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
    }),
  },
  {
    name: "LangSmith example, whose outputs are the wanted ones",
    row: (t) => ({
      id: "ex-1",
      created_at: "2026-11-01",
      inputs: { question: t.question },
      outputs: { answer: t.reference },
      metadata: {},
      dataset_id: "d",
      source_run_id: null,
      split: "base",
    }),
    expected: (t) => ({
      format: "langsmith-dataset",
      question: t.question,
      ground_truth: t.reference,
    }),
  },
  {
    name: "inputs and outputs and nothing to tell whose they are",
    row: (t) => ({ inputs: { input: t.question }, outputs: { output: t.answer } }),
    expected: (t) => ({
      format: "langsmith",
      question: t.question,
      answer: t.answer,
      warnings: ["field_ambiguous"],
    }),
  },
  {
    name: "TruLens records",
    row: (t) => ({
      app_name: "rag",
      app_version: "base",
      record_id: "record_hash_1",
      input: t.question,
      output: t.answer,
      tags: "-",
      contexts: t.passages,
      "Answer Relevance": 0.9,
    }),
    expected: (t) => ({
      format: "trulens",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
    }),
  },
  {
    name: "TruLens ground truth",
    row: (t) => ({
      query: t.question,
      query_id: "1",
      expected_response: t.reference,
      expected_chunks: [{ text: t.ideal, title: "t", expected_score: 0.9 }],
      generated_response: t.answer,
    }),
    expected: (t) => ({
      format: "trulens",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
      reference_contexts: [t.ideal],
    }),
  },
  {
    name: "RAGChecker",
    row: (t) => ({
      query_id: "000",
      query: t.question,
      gt_answer: t.reference,
      response: t.answer,
      retrieved_context: t.passages.map((text, at) => ({ doc_id: `${at}`, text })),
      metrics: {},
    }),
    expected: (t) => ({
      format: "ragchecker",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "promptfoo result",
    row: (t) => ({
      vars: { question: t.question, context: t.passages },
      response: { output: t.answer, tokenUsage: { total: 9 } },
      gradingResult: { pass: true, score: 1 },
      testCase: {
        vars: { question: t.question },
        assert: [
          { type: "javascript", value: "output.length" },
          { type: "factuality", value: t.reference },
        ],
      },
    }),
    expected: (t) => ({
      format: "promptfoo",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "promptfoo CSV",
    row: (t) => ({
      question: t.question,
      context: t.passages[0],
      output: t.answer,
      __expected: `similar(0.8): ${t.reference}`,
      __description: "one",
    }),
    expected: (t) => ({
      format: "promptfoo",
      question: t.question,
      answer: t.answer,
      contexts: [t.passages[0]],
      ground_truth: t.reference,
    }),
  },
  {
    name: "OpenAI Evals, open",
    row: (t) => ({
      input: [
        { role: "system", content: "Answer." },
        { role: "user", content: t.question },
      ],
      ideal: [t.reference, "24"],
      completion: t.answer,
    }),
    expected: (t) => ({
      format: "openai-evals",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
      warnings: ["reference_alternatives"],
    }),
  },
  {
    name: "OpenAI Evals, hosted: output item",
    row: (t) => ({
      id: "outputitem_1",
      object: "eval.run.output_item",
      datasource_item_id: 1,
      datasource_item: { question: t.question, ground_truth: t.reference, contexts: t.passages },
      sample: {
        input: [{ role: "user", content: t.question }],
        output: [{ role: "assistant", content: t.answer }],
        model: "m",
      },
      status: "pass",
    }),
    expected: (t) => ({
      format: "openai-evals",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "OpenAI Evals, hosted: data file",
    row: (t) => ({
      item: { input: t.question, ideal: t.reference },
      sample: { output_text: t.answer },
    }),
    expected: (t) => ({
      format: "openai-evals",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
    }),
  },
  {
    name: "MLflow 3",
    row: (t) => ({
      inputs: { question: t.question },
      outputs: {
        response: t.answer,
        retrieved_context: t.passages.map((content) => ({ content, doc_uri: "a" })),
      },
      expectations: { expected_response: t.reference },
      tags: { k: "v" },
    }),
    expected: (t) => ({
      format: "mlflow",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "MLflow evaluation table",
    row: (t) => ({
      inputs: t.question,
      ground_truth: t.reference,
      predictions: t.answer,
      context: t.passages[1],
    }),
    expected: (t) => ({
      format: "mlflow",
      question: t.question,
      answer: t.answer,
      contexts: [t.passages[1]],
      ground_truth: t.reference,
    }),
  },
  {
    name: "Databricks agent evaluation",
    row: (t) => ({
      request_id: "r1",
      request: { messages: [{ role: "user", content: t.question }] },
      response: { choices: [{ message: { role: "assistant", content: t.answer } }] },
      retrieved_context: t.passages.map((content, at) => ({ doc_uri: `doc-${at}`, content })),
      expected_facts: [t.reference, t.ideal],
      expected_retrieved_context: [{ doc_uri: "d", content: t.ideal }],
    }),
    expected: (t) => ({
      format: "mlflow",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: `${t.reference}\n${t.ideal}`,
      reference_contexts: [t.ideal],
    }),
  },
  {
    name: "Opik experiment as CSV",
    row: (t) => ({
      "dataset.user_question": t.question,
      "dataset.expected_output": t.reference,
      output: JSON.stringify({ output: t.answer, context: t.passages }),
      "feedback_scores.hallucination": "0",
    }),
    expected: (t) => ({
      format: "opik",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "Opik metrics' names",
    row: (t) => ({
      input: t.question,
      output: t.answer,
      expected_output: t.reference,
      context: t.passages,
    }),
    expected: (t) => ({
      format: "opik",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "SQuAD with predictions",
    row: (t) => ({
      id: "5733",
      title: "Warranty",
      context: t.ideal,
      question: t.question,
      answers: { text: [t.reference, t.reference], answer_start: [0, 0] },
      prediction_text: t.answer,
    }),
    expected: (t) => ({
      format: "huggingface",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
      reference_contexts: [t.ideal],
    }),
  },
  {
    name: "RAGBench",
    row: (t) => ({
      id: "1",
      question: t.question,
      documents: t.passages,
      response: t.answer,
      generation_model_name: "m",
    }),
    expected: (t) => ({
      format: "huggingface",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
    }),
  },
  {
    name: "Giskard",
    row: (t) => ({
      id: "q1",
      question: t.question,
      reference_answer: t.reference,
      reference_context: t.ideal,
      conversation_history: [],
      metadata: { question_type: "simple" },
      agent_answer: t.answer,
    }),
    expected: (t) => ({
      format: "giskard",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
      reference_contexts: [t.ideal],
    }),
  },
  {
    name: "Dify annotations of its API",
    row: (t) => ({
      id: "a1",
      question: t.question,
      answer: t.reference,
      hit_count: 3,
      created_at: 1735625869,
    }),
    expected: (t) => ({
      format: "dify-annotations",
      question: t.question,
      ground_truth: t.reference,
    }),
  },
  {
    name: "Dify annotations as its page exports them in English",
    row: (t) => ({ Question: t.question, Answer: t.answer }),
    expected: (t) => ({
      format: "touchstone",
      question: t.question,
      answer: t.answer,
      warnings: ["field_ambiguous"],
    }),
  },
  {
    name: "Dify annotations as its page exports them in Chinese",
    row: (t) => ({ 问题: t.question, 答案: t.answer }),
    expected: (t) => ({
      format: "touchstone",
      question: t.question,
      answer: t.answer,
      warnings: ["field_ambiguous"],
    }),
  },
  {
    name: "a Chinese sheet",
    row: (t) => ({
      序号: "1",
      " 问题 ": t.question,
      模型回答: t.answer,
      上下文1: t.passages[0],
      上下文2: t.passages[1],
      标准答案: t.reference,
    }),
    expected: (t) => ({
      format: "touchstone",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "headers with blanks and capitals",
    row: (t) => ({
      " Question ": t.question,
      " Answer ": t.answer,
      Contexts: python(t.passages),
      "Ground Truth": t.reference,
    }),
    expected: (t) => ({
      format: "ragas",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      ground_truth: t.reference,
    }),
  },
  {
    name: "context alone",
    row: (t) => ({ question: t.question, answer: t.answer, context: t.passages }),
    expected: (t) => ({
      format: "touchstone",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      warnings: ["field_ambiguous"],
    }),
  },
  {
    name: "reference alone",
    row: (t) => ({ question: t.question, answer: t.answer, reference: t.reference }),
    expected: (t) => ({
      format: "touchstone",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
      warnings: ["field_ambiguous"],
    }),
  },
  {
    name: "two names for one field",
    row: (t) => ({ query: t.ideal, question: t.question, answer: t.answer, contexts: t.passages }),
    expected: (t) => ({
      format: "touchstone",
      question: t.question,
      answer: t.answer,
      contexts: t.passages,
      warnings: ["field_doubled"],
    }),
  },
  {
    name: "Braintrust, which is not known by name",
    row: (t) => ({ input: t.question, output: t.answer, expected: t.reference, metadata: {} }),
    expected: (t) => ({
      format: "touchstone",
      question: t.question,
      answer: t.answer,
      ground_truth: t.reference,
    }),
  },
];
