import * as z from "zod";
import { Pass } from "../../access/pass.ts";

/** Who listens to a job, as it is kept beside their socket while nothing happens. */
export const Listener = z.object({
  project: z.string(),
  jobId: z.string(),
  /** The last event they heard; null: none. */
  lastId: z.string().nullable(),
  client: z.object({ origin: z.string(), reader: z.enum(["zh", "en"]).nullable() }),
  pass: Pass,
});
export type Listener = z.infer<typeof Listener>;
