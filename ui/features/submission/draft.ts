import type { Language } from "../../../src/contract/outcome.ts";
import { recallJson, remember } from "../../kit/storage.ts";

export interface Draft {
  question: string;
  answer: string;
  contexts: string[];
  groundTruth: string;
}

export const EMPTY_DRAFT: Draft = { question: "", answer: "", contexts: [""], groundTruth: "" };

/** Something to try the form with. Each answer holds one statement its passages do not support. */
export const EXAMPLES: Record<Language, Draft> = {
  zh: {
    question: "净水器的滤芯多久换一次？换下来的旧滤芯怎么处理？",
    answer:
      "净水器的滤芯每六个月换一次，水质较硬的地区建议四个月换一次。旧滤芯可以寄回厂家回收，邮费由厂家承担。",
    contexts: [
      "净水器的滤芯建议每六个月更换一次。水质较硬的地区，建议每四个月更换一次。",
      "旧滤芯不可投入可回收物，请寄回厂家统一处理，邮费由用户自理。",
      "净水器首次使用前，请先放水冲洗五分钟。",
    ],
    groundTruth: "每六个月换一次，硬水地区每四个月换一次；旧滤芯寄回厂家处理，邮费自理。",
  },
  en: {
    question: "When does the library close on weekdays, and how many books can I borrow?",
    answer:
      "On weekdays the library closes at 9 pm. You can borrow up to ten books for four weeks, and every loan can be renewed twice.",
    contexts: [
      "The library is open from 9 am to 9 pm on weekdays and from 10 am to 6 pm on Saturdays.",
      "Members may borrow up to ten books at a time. The loan period is four weeks.",
      "A loan can be renewed once, unless another member has reserved the book.",
    ],
    groundTruth:
      "It closes at 9 pm on weekdays. Ten books at a time, for four weeks, renewable once.",
  },
};

const KEY = "touchstone.draft";

// The tab's own memory: a reload keeps the texts, and they go with the tab.

export function recallDraft(): Draft {
  const kept = recallJson(KEY, "sessionStorage");
  return isDraft(kept) ? kept : structuredClone(EMPTY_DRAFT);
}

export function keepDraft(draft: Draft): void {
  remember(KEY, isEmpty(draft) ? null : JSON.stringify(draft), "sessionStorage");
}

export function isEmpty(draft: Draft): boolean {
  const { question, answer, contexts, groundTruth } = draft;
  return [question, answer, groundTruth, ...contexts].every((text) => text === "");
}

/** It may be of an older version of this page. */
function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { question, answer, contexts, groundTruth } = value as Record<string, unknown>;
  return (
    [question, answer, groundTruth].every((text) => typeof text === "string") &&
    Array.isArray(contexts) &&
    contexts.length > 0 &&
    contexts.every((text) => typeof text === "string")
  );
}
