import { type EngineerBrief, readParagraphs } from "../../reports/text/engineer-brief.ts";
import type { JudgeUsage } from "../../scoring/judge.ts";
import { NO_USAGE, ONE_REMEMBERED } from "../../scoring/usage.ts";
import { judgementKey } from "../cache/judgement-key.ts";
import { type JudgementStore, readRemembered, remember } from "../cache/judgement-store.ts";
import { openEndpoint } from "./endpoint/endpoint.ts";
import type { EndpointSettings } from "./endpoint/settings.ts";
import { countCall } from "./plans/judge-context.ts";
import { readReplies } from "./questions/read-reply.ts";
import { list, object, text } from "./questions/reply-parts.ts";

interface WrittenAdvice {
  /** As the model wrote it; unchecked. null: no usable reply. */
  reply: unknown;
  usage: JudgeUsage;
}

const SYSTEM = {
  en: `You are a senior engineer of RAG systems. For each piece of advice below write one paragraph of two to four sentences to a colleague: why this comes at this place, what to change first in the pipeline, and how to see that it worked.
Rules: keep the order and the ids. Never write a number of your own; where a number of the run belongs write its placeholder in braces, exactly as listed. Numbers that stand in the actions may be repeated. No Markdown, no links, no new facts. Write in English.`,
  zh: `你是资深的 RAG 系统工程师。请为下面每条建议写一段话，两到四句，对象是同事：为什么排在这个位置、在流程中先改什么、怎样看出改动有效。
规则：保持顺序和编号。不要写出自己的数字；需要运行中的数字时，原样写出列出的花括号占位符。动作里已有的数字可以重复。不要使用 Markdown、链接，不要添加新的事实。用简体中文书写。`,
};

const SHAPE = 'Reply with JSON only: {"paragraphs": [{"id": "A1", "text": "…"}]}';
const TOKENS_PER_PARAGRAPH = 400;

/**
 * One call that puts the rules' advice into an engineer's words. A brief tells no number of its run, so what was
 * written for one is remembered: a report built again, after a crash or as a session grows, pays only for advice that
 * is new. Throws what `chat` throws.
 */
export function createAdviceWriter(
  settings: EndpointSettings,
  project: string,
  store: JudgementStore | null = null,
): (brief: EngineerBrief) => Promise<WrittenAdvice> {
  return async function writeAdvice(brief) {
    const { language } = brief;
    const user = brief.items.map(describe).join("\n\n");
    const key =
      store &&
      (await judgementKey([
        "advice",
        project,
        settings.baseURL,
        settings.model,
        SYSTEM[language],
        user,
      ]));
    const known = key && (await readRemembered(store, key, (stored) => stored));
    if (known) return { reply: known, usage: ONE_REMEMBERED };
    const endpoint = openEndpoint(settings);
    const answer = await endpoint.chat(
      {
        system: SYSTEM[language],
        user,
        schema: {
          name: "write_advice",
          schema: object({ paragraphs: list(object({ id: text, text })) }),
        },
        shape: SHAPE,
        withShape: false,
        replyTokens: TOKENS_PER_PARAGRAPH * (brief.items.length + 1),
      },
      undefined,
    );
    const spent = { usage: NO_USAGE, troubles: [] };
    const tokens = "tokens" in answer ? answer.tokens : { prompt: 0, completion: 0 };
    const said = answer.kind === "text" ? answer.text : "";
    countCall(spent, tokens, { prompt: [SYSTEM[language], user, SHAPE], completion: said });
    const writes = ({ value }: { value: unknown }) =>
      Object.keys(readParagraphs(brief, value)).length > 0;
    const replies = answer.kind === "text" ? [...readReplies(answer.text, answer.isTruncated)] : [];
    const reply = (replies.find(writes) ?? replies[0])?.value ?? null;
    if (key && writes({ value: reply })) await remember(store, key, reply);
    return { reply, usage: spent.usage };
  };
}

function describe({ id, title, metric, actions, placeholders }: EngineerBrief["items"][number]) {
  return [
    `${id}: ${title}`,
    `metric: ${metric}`,
    `placeholders: ${Object.keys(placeholders)
      .map((name) => `{${name}}`)
      .join(
        " ",
      )} (bound: most the metric can gain; weak: samples with this main cause; total: all samples; mean: the metric now)`,
    ...actions.map((action) => `- ${action}`),
  ].join("\n");
}
