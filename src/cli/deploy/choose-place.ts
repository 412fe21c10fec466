import { createInterface } from "node:readline/promises";

const LOCATIONS = ["apac", "weur", "eeur", "wnam", "enam", "oc"] as const;
const JURISDICTIONS = ["eu", "us", "fedramp"] as const;

/** Where a new deployment keeps its data. Nothing named: where Cloudflare thinks best, which is near who deploys. */
export interface Place {
  /** A wish for database and bucket. */
  location: (typeof LOCATIONS)[number] | null;
  /** Nothing leaves it: database, bucket, queues and the listeners' objects. */
  jurisdiction: (typeof JURISDICTIONS)[number] | null;
}

const QUESTION = `
Where shall the data lie? It cannot be moved later without export and import.
数据存放在哪里？以后只能通过导出、导入迁移。

  apac                 Asia and Pacific: choose this for teams in China · 亚太：中国团队请选这个
  weur eeur            Western, Eastern Europe · 西欧、东欧
  wnam enam            Western, Eastern North America · 北美西部、东部
  oc                   Oceania · 大洋洲
  eu us fedramp        a jurisdiction: no data leaves it, by law · 法域：数据依法不离开该地区
  Enter                near you · 直接回车：离你最近的地区
`;

/** @throws Error that says what can be chosen */
export function readPlace(answer: string): Place {
  const wanted = answer.trim().toLowerCase();
  const location = LOCATIONS.find((one) => one === wanted) ?? null;
  const jurisdiction = JURISDICTIONS.find((one) => one === wanted) ?? null;
  if (wanted !== "" && location === null && jurisdiction === null) {
    const all = [...LOCATIONS, ...JURISDICTIONS].join(", ");
    throw new Error(`There is no place "${wanted}". Choose one of: ${all}. 请从上面的地区中选择。`);
  }
  return { location, jurisdiction };
}

/** Asks until the answer is one of them. Without somebody who could answer, as in CI, nothing is named. */
export async function askPlace(): Promise<Place> {
  if (!process.stdin.isTTY) return readPlace("");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  console.log(QUESTION);
  try {
    for (;;) {
      try {
        return readPlace(await terminal.question("> "));
      } catch (error) {
        console.log(error instanceof Error ? error.message : error);
      }
    }
  } finally {
    terminal.close();
  }
}

/** Arguments of `wrangler … create` for what can lie at a location; with a jurisdiction that alone decides. */
export function placeArguments({ location, jurisdiction }: Place): string[] {
  if (jurisdiction !== null) return ["--jurisdiction", jurisdiction];
  return location === null ? [] : ["--location", location];
}

const WORKER = /^name\s*=\s*["'](.+?)["']/m;
const BUCKET = /^binding\s*=\s*["']ARTIFACTS["'].*$/m;

/**
 * wrangler.toml with the place written down, and the bucket's name: a later deployment must find what the first one made.
 */
export function pinPlace(
  settings: string,
  { jurisdiction }: Place,
): { text: string; bucket: string } {
  const [, given] = /^bucket_name\s*=\s*["'](.+?)["']/m.exec(settings) ?? [];
  const bucket = given ?? `${WORKER.exec(settings)?.[1] ?? "touchstone"}-artifacts`;
  const ofBucket = [
    ...(given === undefined ? [`bucket_name = "${bucket}"`] : []),
    ...(jurisdiction === null || /^jurisdiction\s*=/m.test(settings)
      ? []
      : [`jurisdiction = "${jurisdiction}"`]),
  ];
  let text = settings.replace(BUCKET, (line) => [line, ...ofBucket].join("\n"));
  if (jurisdiction !== null && !/^JURISDICTION\s*=/m.test(text)) {
    text = text.replace(/^\[vars\].*$/m, (line) => `${line}\nJURISDICTION = "${jurisdiction}"`);
  }
  return { text, bucket };
}
