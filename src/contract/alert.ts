import * as z from "zod";
import { TrendPoint } from "./trend.ts";

/** `POST /api/alerts`: tell me when a mean is proven to be beyond a line. */
export const CreateAlert = z.strictObject({
  metric: z.string().max(100),
  /** `name=value`; null: all samples. */
  tag: z.string().max(200).nullable().default(null),
  /** Which side is bad; default: below for metrics of which higher is better. */
  side: z.enum(["below", "above"]).nullable().default(null),
  threshold: z.number().min(0).max(1),
  /** Days, today included, whose samples are taken together. */
  window_days: z.number().int().min(1).max(90).default(7),
  /** Receives a signed webhook once when it fires and once when it is resolved. */
  webhook_url: z.string().max(2000).nullable().default(null),
});
export type CreateAlert = z.infer<typeof CreateAlert>;

export const Alert = z.object({
  alert_id: z.string(),
  metric: z.string(),
  tag: z.string().nullable(),
  side: z.enum(["below", "above"]),
  threshold: z.number(),
  window_days: z.number(),
  webhook_url: z.string().nullable(),
  state: z.enum(["ok", "firing"]),
  /** When the state last changed. */
  changed_at: z.string().nullable(),
  /** What was seen when it was last looked at. */
  seen: TrendPoint.omit({ day: true }).nullable(),
  created_at: z.string(),
  created_by: z.string(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertList = z.object({ alerts: z.array(Alert) });
export type AlertList = z.infer<typeof AlertList>;
