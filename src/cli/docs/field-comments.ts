import { globSync, readFileSync } from "node:fs";

/**
 * What the comments of the contract say of its fields, by `Schema.field`: there they help who writes code, here who reads
 * the reference, and neither Worker nor dashboard carries them.
 */
export function readFieldComments(): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  for (const source of globSync("src/contract/*.ts")) {
    let schema = "";
    const found = readFileSync(source, "utf8").matchAll(
      /^(?:export )?const (\w+) =|^ {2}\/\*\*([\s\S]*?)\*\/\n {2}(\w+):/gm,
    );
    for (const [, name, comment, field] of found) {
      if (name !== undefined) schema = name;
      if (comment === undefined || field === undefined) continue;
      comments.set(`${schema}.${field}`, comment.replace(/\s*\n\s*\*?\s*/g, " ").trim());
    }
  }
  return comments;
}
