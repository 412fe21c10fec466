import type { Evidence, EvidenceClaim, EvidenceSpan } from "../../src/scoring/evidence.ts";
import type { Sentence } from "../../src/scoring/sample.ts";
import { NOTHING_JUDGED } from "../scoring/make-evidence.ts";
import type { Fact, Scene } from "./scenes.ts";

const REFUSAL = {
  en: "I cannot answer that from the documents.",
  zh: "根据现有资料，我无法回答这个问题。",
};

/** The evidence a judge that never errs would give: it knows the facts every sentence is made of. */
export function perfectEvidence(scene: Scene): Evidence {
  const answer = scene.isRefusal
    ? join([{ topic: "", value: "", text: REFUSAL[scene.language] }], "s")
    : join(scene.answer, "s");
  const reference = join(scene.reference, "s");
  const passages = scene.passages.map((facts, index) => ({
    index,
    ...join(facts, `${index + 1}.`),
    relevance: facts.some((fact) => isAbout(fact, scene)) ? 1 : 0,
  }));
  const stated = scene.isRefusal ? [] : scene.answer;
  const claims = [
    ...stated.map(
      (fact, index): EvidenceClaim => ({
        ...claimOf(fact, index, "answer", scene),
        supported_by_reference: compare(fact, scene.reference),
        on_topic: isAbout(fact, scene),
      }),
    ),
    ...scene.reference.map(
      (fact, index): EvidenceClaim => ({
        ...claimOf(fact, index, "reference", scene),
        supported_by_answer: compare(fact, stated),
      }),
    ),
  ];
  const held = scene.reference.filter((fact) =>
    scene.passages.flat().some((other) => isSame(fact, other)),
  );
  const answerable =
    held.length === scene.reference.length ? "full" : held.length > 0 ? "partial" : "none";
  const onTopic = stated.filter((fact) => isAbout(fact, scene)).length;
  return {
    id: scene.id,
    question: scene.question,
    answer,
    passages,
    reference,
    claims,
    ...NOTHING_JUDGED,
    judge: "perfect@1",
    abstained: scene.isRefusal,
    answerable,
    answer_relevancy: stated.length === 0 ? 0 : onTopic / stated.length,
    confidence: "high",
  };
}

function claimOf(
  fact: Fact,
  index: number,
  of: "answer" | "reference",
  scene: Scene,
): EvidenceClaim {
  const verdict = compare(fact, scene.passages.flat());
  return {
    id: `${of === "answer" ? "a" : "r"}${index + 1}`,
    of,
    text: fact.text,
    sentence: index,
    verdict,
    evidence: verdict === "unsupported" ? [] : spansAbout(fact, scene, verdict === "supported"),
    jointly: false,
    confidence: 1,
  };
}

function isAbout(fact: Fact, { subject }: Scene): boolean {
  return fact.topic.startsWith(`${subject}/`);
}

function isSame(a: Fact, b: Fact): boolean {
  return a.topic === b.topic && a.value === b.value;
}

function compare(fact: Fact, others: readonly Fact[]) {
  if (others.some((other) => isSame(fact, other))) return "supported" as const;
  return others.some((other) => other.topic === fact.topic)
    ? ("contradicted" as const)
    : ("unsupported" as const);
}

function spansAbout(fact: Fact, scene: Scene, isSupport: boolean): EvidenceSpan[] {
  return scene.passages.flatMap((facts, passage) => {
    const { sentences } = join(facts, "");
    return facts.flatMap((other, index) => {
      const sentence = sentences[index];
      const fits = isSupport ? isSame(fact, other) : fact.topic === other.topic;
      return sentence && fits ? { passage, start: sentence.start, end: sentence.end } : [];
    });
  });
}

function join(facts: readonly Fact[], prefix: string): { text: string; sentences: Sentence[] } {
  let text = "";
  const sentences = facts.map((fact, index) => {
    const start = text.length;
    text += `${fact.text} `;
    return { id: `${prefix}${index + 1}`, start, end: start + fact.text.length };
  });
  return { text: text.trimEnd(), sentences };
}
