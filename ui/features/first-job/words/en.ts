export const firstJob = {
  title: "Nothing scored yet",
  text: "Send a question, its answer and the retrieved passages. A moment later the scores appear here, with the sentences they rest on.",
  byHand: "Try it here",
  byHandText: "Load forty questions before and after a change, or fill in a form.",
  loadSamples: "Load sample data",
  submit: "Submit a sample",
  connect: "All settings, and other ways to connect",
  byCurl: "From a terminal",
  byCurlText: "Copy, run it in a terminal, and look here again.",
  byDify: "From Dify",
  byDifyText: "Add an HTTP Request node after the answer:",
};

export const recipes = {
  method: "Method and URL",
  authorization: "Authorization (if the server needs a key)",
  body: "Body: x-www-form-urlencoded",
  header: "Header (so that a repeated request is scored once)",
};
