import * as z from "zod";

/** A webhook of a job and what became of it. */
export const Delivery = z.object({
  delivery_id: z.string(),
  event: z.string(),
  url: z.string(),
  /** `accepted`: taken, but whether it arrives is not told. `disabled`: not sent, because the receiver said never again. */
  state: z.enum(["pending", "delivered", "accepted", "failed", "disabled"]),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
  next_attempt_at: z.string().nullable(),
  attempts: z.array(
    z.object({
      at: z.string(),
      /** HTTP status of the receiver; null when none came. */
      status: z.number().nullable(),
      error: z.string().nullable(),
      ms: z.number(),
    }),
  ),
});
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryList = z.object({ deliveries: z.array(Delivery) });
export type DeliveryList = z.infer<typeof DeliveryList>;
