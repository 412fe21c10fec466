/** A measured figure beside its goal: a line of the table `npm run bench` ends with. */
export interface Figure {
  what: string;
  measured: number;
  goal: string;
  holds: boolean;
}

export function atMost(what: string, measured: number, goal: number): Figure {
  return { what, measured: round(measured), goal: `≤ ${goal}`, holds: measured <= goal };
}

export function atLeast(what: string, measured: number, goal: number): Figure {
  return { what, measured: round(measured), goal: `≥ ${goal}`, holds: measured >= goal };
}

/** The figures in what a benchmark gave back; none: it has no goal. */
export function figuresOf(result: object): Figure[] {
  return "figures" in result && Array.isArray(result.figures) ? result.figures : [];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
