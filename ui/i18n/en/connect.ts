export const connect = {
  title: "Connect",
  intro: "Every way answers get here to be scored, ready to paste.",
  method: "Method and URL",
  authorization: "Authorization (where a key is wanted)",
  body: "Body: x-www-form-urlencoded",
  difyTitle: "Dify workflow",
  difyText:
    "Add an HTTP Request node on a branch of its own after the LLM node, so that scoring never holds up the answer.",
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
