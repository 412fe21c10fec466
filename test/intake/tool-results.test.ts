import { describe, expect, test } from "vitest";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { sayWarning } from "../../src/words/say.ts";
import { generateSamples } from "./generate-samples.ts";
import { pythonRepr } from "./simulate-dify.ts";

const read = (contexts: unknown) => readScoreRequest({ question: "q", answer: "a", contexts });

/** Keys of a text in the order they are read: the first that holds one is the passage. */
const KEYS = [
  "page_content",
  "pageContent",
  "content",
  "text",
  "raw_content",
  "markdown",
  "snippet",
  "body",
  "description",
  "summary",
];

/** Answers of searches, stores and tools around the same hits. */
const SHAPES: Record<string, (texts: readonly string[]) => unknown> = {
  Tavily: (texts) => ({
    query: "q",
    answer: "A sentence the tool made up.",
    images: ["https://example.com/a.png"],
    results: texts.map((content) => ({
      title: "t",
      url: "https://example.com",
      content,
      raw_content: null,
    })),
  }),
  SerpAPI: (texts) => ({
    search_metadata: { id: "x", status: "Success" },
    organic_results: texts.map((snippet, at) => ({
      position: at + 1,
      title: "t",
      link: "l",
      snippet,
    })),
  }),
  Serper: (texts) => ({
    searchParameters: { q: "q" },
    organic: texts.map((snippet) => ({ title: "t", snippet })),
    relatedSearches: [{ query: "more" }],
  }),
  Google: (texts) => ({ kind: "search", items: texts.map((snippet) => ({ title: "t", snippet })) }),
  Bing: (texts) => ({
    _type: "R",
    webPages: { value: texts.map((snippet) => ({ name: "n", snippet })) },
  }),
  Bocha: (texts) => ({
    code: 200,
    msg: null,
    data: {
      webPages: { value: texts.map((snippet) => ({ name: "n", snippet, summary: "摘要" })) },
    },
  }),
  Firecrawl: (texts) => ({
    success: true,
    data: texts.map((markdown) => ({ markdown, metadata: { title: "t", description: "d" } })),
  }),
  Exa: (texts) => ({ results: texts.map((text) => ({ id: "x", title: "t", text, summary: "s" })) }),
  Elasticsearch: (texts) => ({
    took: 3,
    hits: {
      total: { value: 9 },
      hits: texts.map((body) => ({ _id: "1", _score: 1, _source: { body } })),
    },
  }),
  Meilisearch: (texts) => ({ hits: texts.map((content) => ({ id: 1, content })), offset: 0 }),
  Qdrant: (texts) => ({
    result: texts.map((text) => ({ id: 1, score: 0.9, payload: { text } })),
    status: "ok",
  }),
  Pinecone: (texts) => ({
    matches: texts.map((text) => ({ id: "1", values: [], metadata: { text } })),
  }),
  Chroma: (texts) => ({
    ids: [texts.map(() => "1")],
    documents: [texts],
    distances: [texts.map(() => 0.1)],
  }),
  Milvus: (texts) => ({ data: texts.map((text) => ({ distance: 0.1, entity: { text } })) }),
  "OpenAI vector store": (texts) => ({
    data: texts.map((text) => ({ file_id: "f", score: 0.9, content: [{ type: "text", text }] })),
  }),
  "MCP tool": (texts) => ({
    content: texts.map((text) => ({ type: "text", text })),
    isError: false,
  }),
  "Dify tool, json": (texts) => [{ results: texts.map((content) => ({ content })) }],
  "LangChain.js": (texts) => texts.map((pageContent) => ({ pageContent, metadata: { loc: 1 } })),
  RAGFlow: (texts) => ({
    reference: 1,
    data: { chunks: texts.map((content) => ({ content, id: "1" })) },
  }),
  RSS: (texts) => ({
    title: "feed",
    description: "a feed",
    items: texts.map((summary) => ({ summary })),
  }),
};

describe("lists of objects from tools that are no knowledge retrieval", () => {
  const inputs = Object.entries(SHAPES).flatMap(([shape, wrap], at) =>
    generateSamples(4, 900 + at).map(({ chunks, language }, n) => ({
      name: `${shape}, ${language} ${n}`,
      value: wrap(chunks),
      chunks,
    })),
  );

  test("there are enough of them", () => expect(inputs.length).toBeGreaterThanOrEqual(60));

  test.each(inputs)("$name: as JSON, JSON text, Python text and behind []", ({ value, chunks }) => {
    const text = JSON.stringify(value);
    for (const contexts of [value, text, pythonRepr(value), `[]${text}`]) {
      const reading = read(contexts);
      expect(reading.request.contexts).toEqual(chunks);
      expect(reading.warnings).toEqual([]);
    }
  });

  test("the keys of a text are read in their order", () => {
    for (const [at, key] of KEYS.entries()) {
      const behind = Object.fromEntries(
        KEYS.slice(at)
          .toReversed()
          .map((name) => [name, `文 ${name}`]),
      );
      expect(read([{ title: "t", ...behind }]).request.contexts).toEqual([`文 ${key}`]);
      const blank = Object.fromEntries(KEYS.slice(0, at).map((name) => [name, "  "]));
      expect(read([{ ...blank, [key]: "文" }]).request.contexts).toEqual(["文"]);
    }
  });

  test("nothing found is an empty retrieval", () => {
    for (const contexts of [
      { results: [] },
      '{"query":"q","organic_results":[]}',
      [{ results: [] }],
    ]) {
      expect(read(contexts).request.contexts).toEqual([]);
      expect(read(contexts).warnings).toEqual([]);
    }
  });
});

describe("what cannot be told apart is said, not guessed", () => {
  const hits = [{ content: "甲" }];
  test.each<[string, unknown, string[]]>([
    ["two lists", { results: hits, items: [{ text: "b" }] }, ["results", "items"]],
    [
      "two lists, further down",
      { data: { documents: hits, matches: hits } },
      ["documents", "matches"],
    ],
    [
      "a text and a list",
      { text: "A sentence the tool made up.", results: hits },
      ["its own text", "results"],
    ],
  ])("%s", (_, contexts, names) => {
    for (const sent of [contexts, JSON.stringify(contexts)]) {
      const reading = read(sent);
      expect(reading.request.contexts).toBeNull();
      expect(reading.warnings).toMatchObject([{ code: "contexts_unreadable" }]);
      const [warning] = reading.warnings.map((one) => sayWarning(one, null));
      for (const name of names) expect(warning?.message).toContain(name);
    }
  });

  test("one such object among others is left out, counted and named", () => {
    const reading = read([{ content: "甲" }, { results: hits, items: hits }]);
    expect(reading.request.contexts).toEqual(["甲"]);
    expect(reading).toMatchObject({ contextsReceived: 2, contextsParsed: 1 });
    expect(reading.warnings).toMatchObject([
      {
        code: "contexts_dropped",
        params: { dropped: 1, rivals: { params: { names: "results, items" } } },
      },
    ]);
  });

  test("a tool's own answer is never evidence", () => {
    for (const contexts of [{ answer: "made up" }, [{ answer: "made up" }], '{"answer":"编的"}']) {
      expect(read(contexts).request.contexts).toBeNull();
      expect(read(contexts).warnings).toMatchObject([{ code: "contexts_unreadable" }]);
    }
  });
});
