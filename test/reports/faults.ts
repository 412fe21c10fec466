import type { Cause } from "../../src/scoring/evidence.ts";
import { type Fact, factsAbout, factWith, type Scene } from "./scenes.ts";

export interface Fault {
  name: string;
  cause: Cause;
  plant: (scene: Scene, index: number) => Scene;
}

/** Each takes a clean sample and breaks exactly one thing. */
export const FAULTS: readonly Fault[] = [
  {
    name: "a sentence is invented",
    cause: "invented",
    plant: (scene) => ({ ...scene, answer: [...scene.answer, inventedFact(scene)] }),
  },
  {
    name: "a sentence about something else is invented",
    cause: "invented",
    plant: (scene) => ({ ...scene, answer: [...scene.answer, strayFact(scene)] }),
  },
  {
    name: "a number is changed",
    cause: "contradicts_context",
    plant: (scene, index) => {
      const [wrong] = factWith(scene.language, index, { year: 1700 });
      return { ...scene, answer: [wrong, ...scene.answer.slice(1)].filter(isFact) };
    },
  },
  {
    name: "the needed passage is dropped",
    cause: "missing_in_retrieval",
    plant: (scene) => ({ ...scene, passages: scene.passages.slice(1), isRefusal: true }),
  },
  {
    name: "the needed passage is dropped and the model answers from memory",
    cause: "missing_in_retrieval",
    plant: (scene) => ({ ...scene, passages: scene.passages.slice(1) }),
  },
  {
    name: "the needed passage is pushed to rank 5",
    cause: "ranked_too_low",
    plant: (scene) => ({
      ...scene,
      passages: [...scene.passages.slice(1), ...scene.passages.slice(0, 1)],
    }),
  },
  {
    name: "a distractor is followed",
    cause: "noise_followed",
    plant: (scene, index) => {
      const distractor = withOtherName(factWith(scene.language, index, { year: 1815 })[0], scene);
      return {
        ...scene,
        passages: [...scene.passages, [distractor]],
        answer: [distractor, ...scene.answer.slice(1)],
      };
    },
  },
  {
    name: "half of the answer is left out",
    cause: "retrieved_but_ignored",
    plant: (scene) => ({ ...scene, answer: scene.answer.slice(0, 1) }),
  },
  {
    name: "another question is answered",
    cause: "off_topic",
    plant: (scene, index) => ({
      ...scene,
      answer: factsAbout(scene.language, index + 1).slice(0, 2),
    }),
  },
  {
    name: "the model refuses",
    cause: "refused_though_answerable",
    plant: (scene) => ({ ...scene, isRefusal: true }),
  },
];

function isFact(fact: Fact | undefined): fact is Fact {
  return fact !== undefined;
}

function inventedFact(scene: Scene): Fact {
  const name = scene.subject;
  const topic = `${name}/prize`;
  const text =
    scene.language === "en"
      ? `The ${name} won a national prize for its lighting.`
      : `${name}曾获得全国照明设计大奖。`;
  return { topic, value: "prize", text };
}

/** Beside the question and in no passage. */
function strayFact(scene: Scene): Fact {
  const text =
    scene.language === "en"
      ? "The Quillon Museum keeps nine thousand stamps."
      : "启明邮票博物馆收藏了九千枚邮票。";
  return { topic: "museum/stamps", value: "9000", text };
}

/** A near-twin: it reads like an answer to the question but is about another version of the thing. */
function withOtherName(fact: Fact | undefined, scene: Scene): Fact {
  if (!fact) throw new Error("no fact");
  const suffix = scene.language === "en" ? "The old building of that name:" : "同名旧建筑：";
  return { topic: `${fact.topic}/old`, value: fact.value, text: `${suffix} ${fact.text}` };
}
