import * as schema from "../../src/storage/schema.ts";

/** Every table the schema describes. */
export const TABLES = Object.values(schema).filter(
  (one) => typeof one === "object" && "key" in one,
);
