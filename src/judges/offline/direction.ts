import { stemmer } from "stemmer";
import type { Difference, SideBySide } from "./lay-side-by-side.ts";
import { once } from "./once.ts";
import type { Piece } from "./pieces.ts";
import { implies } from "./quantity.ts";

/** Words that say which way a number goes, more or less, sooner or later; of Chinese ones the telling character. */
const AXES: readonly (readonly [up: string, down: string])[] = [
  [
    "increase rise rose risen grow grew grown gain climb climbed jump jumped surge up higher more expand widen 增 涨 升 多 高",
    "decrease decline fall fell fallen drop dropped shrink shrank lose lost down lower less fewer narrow cut slip 减 降 跌 少 低",
  ],
  [
    "earlier early ahead sooner advance 早 提",
    "later late delay delayed behind postpone postponed 晚 迟 延",
  ],
];

/** Word → axis and way on it. */
const readWays = once(
  (): ReadonlyMap<string, number> =>
    new Map(
      AXES.flatMap(([up, down], axis) => [
        ...up.split(" ").map((word) => [stemmer(word), axis + 1] as const),
        ...down.split(" ").map((word) => [stemmer(word), -axis - 1] as const),
      ]),
    ),
);

/** Pieces between a number and the word that says which way it goes. */
const REACH = 5;

/** "18 % more" for "grew by 18 %", 少18% for 增长了18%: both say the number, and it goes the other way. */
export function differingDirection({ claim, source }: SideBySide): Difference | null {
  for (const [at, { token }] of claim.entries()) {
    const { quantity } = token;
    if (!quantity || quantity.bound || quantity.dimension === "y") continue;
    const own = wayOf(claim, at);
    if (!own) continue;
    for (const [place, other] of source.entries()) {
      const told = other.token.quantity;
      if (!told || told.bound || !implies(told, quantity)) continue;
      const rival = wayOf(source, place);
      if (rival && rival.way === -own.way)
        return { kind: "direction", claim: [own.piece], source: [rival.piece] };
      if (rival) return null;
    }
  }
  return null;
}

/** The nearest such word in the number's clause; null: none, or words both ways. */
function wayOf(pieces: readonly Piece[], at: number): { way: number; piece: Piece } | null {
  const ways = readWays();
  let nearest: { way: number; piece: Piece } | null = null;
  for (let step = 1; step <= REACH; step++) {
    for (const place of [at - step, at + step]) {
      const piece = pieces[place];
      if (piece?.clause !== pieces[at]?.clause || !piece) continue;
      if (piece.isNegation) return null;
      const way = ways.get(piece.key);
      if (way === undefined) continue;
      if (nearest && nearest.way !== way) return null;
      nearest ??= { way, piece };
    }
  }
  return nearest;
}
