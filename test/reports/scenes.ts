import type { Language } from "../../src/contract/outcome.ts";

/** One fact: what it is about, what it says, and the sentence that says it. Same topic, other value: a contradiction. */
export interface Fact {
  topic: string;
  value: string;
  text: string;
}

/** A sample of which the truth is known, because it is made of facts. */
export interface Scene {
  id: string;
  language: Language;
  question: string;
  /** What the question is about: a sentence about it addresses the question, true or not. */
  subject: string;
  answer: readonly Fact[];
  passages: readonly (readonly Fact[])[];
  reference: readonly Fact[];
  isRefusal: boolean;
}

interface Subject {
  name: string;
  year: number;
  metres: number;
  maker: string;
  colour: string;
}

const SUBJECTS: Record<Language, readonly Subject[]> = {
  en: [
    { name: "Halden Bridge", year: 1931, metres: 412, maker: "Ida Moen", colour: "green" },
    { name: "Port Sella Lighthouse", year: 1874, metres: 38, maker: "Tomas Rey", colour: "white" },
    { name: "Brack Dam", year: 1966, metres: 127, maker: "Lena Okafor", colour: "grey" },
    { name: "Vint Tower", year: 2004, metres: 219, maker: "Karim Aziz", colour: "blue" },
    { name: "Ost Viaduct", year: 1899, metres: 640, maker: "Greta Lund", colour: "red" },
    { name: "Merrow Hall", year: 1948, metres: 73, maker: "Pavel Dunn", colour: "yellow" },
  ],
  zh: [
    { name: "青石桥", year: 1957, metres: 286, maker: "周文海", colour: "灰色" },
    { name: "望海灯塔", year: 1903, metres: 41, maker: "林若秋", colour: "白色" },
    { name: "云岭水库大坝", year: 1972, metres: 133, maker: "高志远", colour: "土黄色" },
    { name: "东屏电视塔", year: 1998, metres: 248, maker: "沈嘉禾", colour: "蓝色" },
    { name: "龙脊高架", year: 2011, metres: 905, maker: "许明川", colour: "红色" },
    { name: "平江会堂", year: 1936, metres: 74, maker: "顾怀谷", colour: "米黄色" },
  ],
};

function say(language: Language, { name, year, metres, maker, colour }: Subject): Fact[] {
  const facts: [string, string, string][] =
    language === "en"
      ? [
          ["year", String(year), `The ${name} was opened in ${year}.`],
          ["metres", String(metres), `The ${name} measures ${metres} metres.`],
          ["maker", maker, `The ${name} was designed by ${maker}.`],
          ["colour", colour, `The ${name} is painted ${colour}.`],
        ]
      : [
          ["year", String(year), `${name}于${year}年建成启用。`],
          ["metres", String(metres), `${name}全长${metres}米。`],
          ["maker", maker, `${name}由${maker}设计。`],
          ["colour", colour, `${name}的外观为${colour}。`],
        ];
  return facts.map(([topic, value, text]) => ({ topic: `${name}/${topic}`, value, text }));
}

export function factsAbout(language: Language, index: number): Fact[] {
  const subjects = SUBJECTS[language];
  const subject = subjects[index % subjects.length];
  if (!subject) throw new Error("no subject");
  return say(language, subject);
}

export function factWith(language: Language, index: number, change: Partial<Subject>): Fact[] {
  const subject = SUBJECTS[language][index % SUBJECTS[language].length];
  if (!subject) throw new Error("no subject");
  return say(language, { ...subject, ...change });
}

/** A sample without any fault: the needed passage is first, the answer says what the reference says. */
export function cleanScene(language: Language, index: number, size: 1 | 2 | 3 = 2): Scene {
  const wanted = factsAbout(language, index).slice(0, size);
  const name = wanted[0]?.topic.split("/")[0] ?? "";
  const others = [1, 2, 3, 4].map((step) => factsAbout(language, index + step));
  return {
    id: `${language}-${index}-${size}`,
    language,
    question:
      language === "en" ? `What is known about the ${name}?` : `关于${name}有哪些基本信息？`,
    subject: name,
    answer: wanted,
    passages: [wanted, ...others],
    reference: wanted,
    isRefusal: false,
  };
}
