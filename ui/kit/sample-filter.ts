/** Which samples of a run the server is asked for, and in which order. */
export interface SampleFilter {
  sort: string | null;
  order: "asc" | "desc";
  cause: string | null;
  /** What the bounds are about; null: what is sorted by. */
  metric: string | null;
  below: number | null;
  above: number | null;
  q: string;
  /** Only samples with a problem; null: all. */
  problems: "true" | null;
  /** What rows hold besides. */
  include: "fault";
}
