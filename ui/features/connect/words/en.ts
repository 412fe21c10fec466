export const connect = {
  title: "Connect",
  intro: "Every way answers get here to be scored, ready to paste.",
  difyTitle: "Dify workflow",
  difyText:
    "Add an HTTP Request node on a branch of its own after the LLM node, so that scoring never holds up the answer.",
  firstTitle: "The first call",
  firstWaiting: "Waiting. Run your workflow once; it shows here by itself.",
  firstCame: "It came through.",
  firstOdd: "It came through, but something in it looks odd; open the notes below.",
  firstAgain: "Wait for the next",
  firstLocked: "Sign in with a key that may read jobs, and the first call shows here.",
  keyWanted: "This server asks for a key. One with the role submit is enough for a workflow.",
  keyMake: "Create a key",
  keyNotWanted: "This server asks for no key. Dify refuses an empty one, so put any text there.",
  localAddress: (origin: string) =>
    `${origin} is an address of this machine, which Dify Cloud cannot reach: deploy with npm run deploy. For a Dify in Docker here start with npm start -- --ip 0.0.0.0 and use host.docker.internal; from Dify 1.15 on also set SSRF_PROXY_ALLOW_PRIVATE_DOMAINS=host.docker.internal in its .env.`,
  appsTitle: "Ready-made Dify apps",
  appsText:
    "Import one as a DSL file. Your address is filled in; set SCORER_KEY, knowledge base and model.",
  apps: {
    chatflow: "Chatflow: answers first, scores on a branch of its own",
    workflow: "Workflow: the same without conversation",
    gate: "Workflow that shows an answer only when it passes",
  },
  download: "Download",
  fileTitle: "A file",
  fileText: "Logs of a Dify app, a Ragas data set or a spreadsheet: no workflow needed.",
  fileLink: "Upload a file",
  troublesTitle: "When it does not work",
  troubles: [
    [
      "401 or 403",
      "The key is missing, wrong or has another role. In Dify choose API-Key, Bearer and paste the key alone, without the word Bearer.",
    ],
    [
      "ToolSSRFError, or a refusal that names squid",
      "Dify's own proxy refuses private addresses. Give Touchstone a public address, or allow its host name by SSRF_PROXY_ALLOW_PRIVATE_DOMAINS in Dify's .env.",
    ],
    ["Could not connect", "localhost inside Dify is Dify itself. Use an address Dify can reach."],
    [
      "422: question or answer is missing",
      "The node a variable comes from was renamed or skipped. Pick the variable again in the HTTP Request node.",
    ],
    [
      "Faithfulness says there are no passages",
      "contexts is empty. Take it from the knowledge retrieval node that the LLM node uses as its context.",
    ],
    [
      "The notes say that Dify repaired the JSON",
      "Quotes in an answer broke the body. Choose x-www-form-urlencoded.",
    ],
    [
      "The same job twice, or an old score",
      "The Idempotency-Key repeats. Use the run id, never a fixed text.",
    ],
    [
      "Criteria have no score",
      "They need a model as judge. Set OPENAI_API_KEY and test it under Settings.",
    ],
  ] as [seen: string, fix: string][],
  optionalTitle: "If you have them",
  difyNotes: [
    "Choose the form body. Dify does not escape what it puts into a JSON body, so quotes in an answer would break it.",
    "The node answers at once with a job id; the score appears under Jobs.",
    "Take the passages from the same node the LLM node uses as its context.",
    "Set the node's error handling to a default value; then a failed score never disturbs the conversation.",
  ],
  toolTitle: "Dify custom tool",
  toolText: "Import this description as a custom tool, and the calls appear as ready nodes.",
  curlText: "Or any program that can POST. The answer names the job and its address.",
  agentTitle: "Agents (MCP)",
  agentText: "Model Context Protocol over streamable HTTP: score, get_job, get_report, list_runs.",
  docs: "The whole API on one page",
};
