import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";

// A model whose every judgement is known: a statement is supported where its very words stand in the text.

const Body = z.looseObject({
  messages: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  input: z.union([z.string(), z.array(z.string())]).optional(),
});
const Input = z.looseObject({
  question: z.string().optional(),
  answer: z.union([z.string(), z.array(z.string())]).optional(),
  ground_truth: z.array(z.string()).optional(),
  text: z.string().optional(),
  response: z.string().optional(),
  context: z.string().optional(),
  statements: z.array(z.string()).optional(),
});

export interface ScriptedModel {
  url: string;
  chatCalls: number;
  embeddingCalls: number;
  promptCharacters: number;
  replyCharacters: number;
  close: () => Promise<void>;
}

export const supports = (text: string, statement: string) => text.includes(statement);

/** Answers the prompts of Ragas, by the schema each carries, and counts what it is asked. */
export async function startScriptedModel(question: string): Promise<ScriptedModel> {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const body = Body.parse(JSON.parse(text));
    response.setHeader("Content-Type", "application/json");
    if (request.url?.endsWith("/embeddings")) {
      model.embeddingCalls += 1;
      const inputs = [body.input ?? ""].flat();
      const data = inputs.map((input, index) => ({
        object: "embedding",
        index,
        embedding: lettersOf(input),
      }));
      response.end(
        JSON.stringify({
          object: "list",
          model: "scripted",
          data,
          usage: { prompt_tokens: 0, total_tokens: 0 },
        }),
      );
      return;
    }
    const messages = body.messages ?? [];
    const content = JSON.stringify(
      answerRagas(messages.map((one) => one.content).join("\n"), question),
    );
    model.chatCalls += 1;
    model.promptCharacters += messages.reduce((sum, one) => sum + one.content.length, 0);
    model.replyCharacters += content.length;
    const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
    const usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    response.end(
      JSON.stringify({
        id: "scripted",
        object: "chat.completion",
        created: 0,
        model: "scripted",
        choices,
        usage,
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const model: ScriptedModel = {
    url: `http://127.0.0.1:${port}/v1`,
    chatCalls: 0,
    embeddingCalls: 0,
    promptCharacters: 0,
    replyCharacters: 0,
    close: () => new Promise((done) => server.close(() => done())),
  };
  return model;
}

function answerRagas(prompt: string, question: string): object {
  const title = [...prompt.matchAll(/"title": "(\w+(?:Output|WithReason))"/g)].at(-1)?.[1];
  const [, json = "{}"] =
    /(?:^|\n)input: ([\s\S]*)\nOutput: $/i.exec(prompt.slice(prompt.lastIndexOf("Now perform"))) ??
    [];
  const input = Input.parse(JSON.parse(json));
  const answer = typeof input.answer === "string" ? input.answer : "";
  const reason = "Its words stand there.";
  const verdicts = (context: string, statements: readonly string[]) =>
    statements.map((statement) => ({
      statement,
      reason,
      verdict: Number(supports(context, statement)),
    }));
  switch (title) {
    case "StatementGeneratorOutput":
      return { statements: sentencesOf(input.text ?? answer) };
    case "ClaimDecompositionOutput":
      return { claims: sentencesOf(input.response ?? "") };
    case "NLIStatementOutput":
    case "StatementFaithfulnessOutput":
      return { statements: verdicts(input.context ?? "", input.statements ?? []) };
    case "AnswerRelevanceOutput":
      return { question, noncommittal: 0 };
    case "ContextPrecisionOutput":
    case "ContextUtilizationOutput":
      return {
        reason,
        verdict: Number(sentencesOf(answer).some((one) => supports(input.context ?? "", one))),
      };
    case "ContextRecallOutput":
      return {
        classifications: sentencesOf(answer).map((statement) => ({
          statement,
          reason,
          attributed: Number(supports(input.context ?? "", statement)),
        })),
      };
    case "ClassificationWithReason": {
      const [said, true_] = [[input.answer ?? []].flat(), input.ground_truth ?? []];
      const explain = (statements: readonly string[]) =>
        statements.map((statement) => ({ statement, reason }));
      return {
        TP: explain(said.filter((one) => true_.includes(one))),
        FP: explain(said.filter((one) => !true_.includes(one))),
        FN: explain(true_.filter((one) => !said.includes(one))),
      };
    }
    default:
      throw new Error(`Ragas asks for something that is not in the script: ${title}`);
  }
}

const sentencesOf = (text: string) =>
  text.match(/[^.]+\./g)?.map((sentence) => sentence.trim()) ?? [];

/** How often each letter stands in it: equal texts are equal. */
function lettersOf(text: string): number[] {
  const letters = new Array<number>(64).fill(0);
  for (const character of text) {
    const slot = (character.codePointAt(0) ?? 0) % letters.length;
    letters[slot] = (letters[slot] ?? 0) + 1;
  }
  return letters;
}
