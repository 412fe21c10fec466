import { readFileSync } from "node:fs";
import * as z from "zod";
import { APP_VERSION } from "../../version.ts";

/** Licences that ask for no more than to be named. Of a choice (`A OR B`) one of these is enough. */
const ALLOWED_LICENCES: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
];

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
    }),
  ),
});

export interface ThirdParty {
  name: string;
  version: string;
  licence: string;
}

/** Packages that reach the Worker or the dashboard, by the lockfile: everything but development. */
export function readThirdParties(lockfile = readFileSync("package-lock.json", "utf8")) {
  const { packages } = Lock.parse(JSON.parse(lockfile));
  const parties = Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true)
    .map(
      ([path, { version = "", license = "" }]): ThirdParty => ({
        name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
        version,
        licence: license,
      }),
    );
  // One that two others bring is one.
  return [...new Map(parties.map((one) => [`${one.name}@${one.version}`, one])).values()].sort(
    (a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1),
  );
}

export function isAllowed(licence: string): boolean {
  const choices = licence.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return choices.some((choice) => ALLOWED_LICENCES.includes(choice));
}

export function renderThirdParties(): string {
  const parties = readThirdParties();
  return [
    "# Third-party packages · 第三方软件",
    "",
    "Written by `npm run docs` from `package-lock.json`; do not edit here. These may reach the Worker or the dashboard; tools of development are not listed.",
    "",
    "由 `npm run docs` 根据 `package-lock.json` 生成：可能进入 Worker 或控制台的软件包，不含开发工具。",
    "",
    "| package | version | licence |",
    "| --- | --- | --- |",
    ...parties.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    "",
  ].join("\n");
}

/**
 * The same as a list of parts that tools read (SBOM, CycloneDX 1.5). `npm sbom --omit dev` leaves out what development
 * needs too, such as solid-js.
 */
export function renderPartsList(): string {
  const parts = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: {
        type: "application",
        name: "touchstone",
        version: APP_VERSION,
        licenses: [{ expression: "Apache-2.0" }],
      },
    },
    components: readThirdParties().map(({ name, version, licence }) => ({
      type: "library",
      name,
      version,
      licenses: [{ expression: licence.replace(/^\((.*)\)$/, "$1") }],
      purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    })),
  };
  return `${JSON.stringify(parts, null, 2)}\n`;
}
