import { judgeSide } from "./judge-row.ts";

const SYLLABLES =
  "ba ren tol mi sta gor vel ka pun dri fes lo nar qui sho tam ub wex yin zor".split(" ");

/** Some thousand made-up words, the small ones often, as in a language. */
function word(seed: number): string {
  const rank = Math.floor(4000 / (1 + (seed % 997))) + (seed % 61);
  const [first, second, third] = [
    rank % 20,
    Math.floor(rank / 20) % 20,
    Math.floor(rank / 400) % 20,
  ];
  return `${SYLLABLES[first]}${SYLLABLES[second]}${SYLLABLES[third]}`;
}

/** A made-up sentence of about 17 words; the number keeps sentences apart. */
function sentence(seed: number): string {
  const words = Array.from({ length: 13 }, (_, i) => word(seed * 131 + i * 7919));
  return `The ${words.join(" ")} of ${seed} in ${1900 + (seed % 120)}.`;
}

const text = (sentences: number, from = 0) =>
  Array.from({ length: sentences }, (_, i) => sentence(from + i)).join(" ");

/** Samples a second of processor time: five passages of about 200 tokens, an answer of three sentences. */
export async function measureSpeed(
  seconds = 3,
): Promise<{ samplesPerSecond: number; msAt25KB: number; msAt100KB: number }> {
  const sample = (i: number) => ({
    question: "When was the bridge over the river opened?",
    answer: text(3, i),
    contexts: [0, 1, 2, 3, 4].map((rank) => text(12, i + rank * 12)),
    ground_truth: text(2, i + 1),
  });
  const samples = Array.from({ length: 64 }, (_, i) => sample(i));
  for (const one of samples) await judgeSide(one);
  // Processor time, not the clock: other work on the machine does not count.
  const start = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  let n = 0;
  while (spent() < seconds) {
    for (const one of samples) await judgeSide(one);
    n += samples.length;
  }
  const samplesPerSecond = Math.round(n / spent());
  return {
    samplesPerSecond,
    msAt25KB: await timeAnswer(25_000),
    msAt100KB: await timeAnswer(100_000),
  };
}

async function timeAnswer(bytes: number): Promise<number> {
  const long = text(Math.ceil(bytes / 100)).slice(0, bytes);
  const sample = {
    question: "What happened?",
    answer: long,
    contexts: [long],
    ground_truth: text(5),
  };
  await judgeSide(sample);
  const start = process.cpuUsage();
  await judgeSide(sample);
  return Math.round(process.cpuUsage(start).user / 1000);
}
