import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatScore } from "../../kit/format.ts";
import { type Dot, nextDot } from "./bin-points.ts";

const WIDTH = 480;
const HEIGHT = 360;
const LEFT = 52;
const BOTTOM = 40;
const PAD = 18;

const DIRECTIONS: Readonly<Record<string, { dx: -1 | 0 | 1; dy: -1 | 0 | 1 }>> = {
  ArrowLeft: { dx: -1, dy: 0 },
  ArrowRight: { dx: 1, dy: 0 },
  ArrowUp: { dx: 0, dy: 1 },
  ArrowDown: { dx: 0, dy: -1 },
};

/** The dots on their scales: one stop for Tab, the arrow keys walk, Enter opens. What is chosen is said beside it. */
export function ScatterPlot(props: {
  dots: readonly Dot[];
  chosen: number | null;
  onChoose: (at: number | null) => void;
  onOpen: (at: number) => void;
  label: string;
  titles: { x: string; y: string };
  ranges: { x: readonly [number, number]; y: readonly [number, number] };
  sentence: (at: number) => string;
}) {
  const x = (at: number) => LEFT + PAD + at * (WIDTH - LEFT - 2 * PAD);
  const y = (at: number) => HEIGHT - BOTTOM - PAD - at * (HEIGHT - BOTTOM - 2 * PAD);
  const most = () => Math.max(1, ...props.dots.map((dot) => dot.samples.length));
  const radius = (n: number) => 3.5 + 12 * Math.sqrt(n / most()) * Math.min(1, most() / 20);
  const tick = (range: readonly [number, number], at: number) =>
    formatScore(range[0] + (range[1] - range[0]) * at);
  function walk(event: KeyboardEvent): void {
    const direction = DIRECTIONS[event.key];
    if (direction) {
      event.preventDefault();
      const next = nextDot(props.dots, props.chosen ?? -1, direction);
      if (next !== null) props.onChoose(next);
      return;
    }
    if (event.key === "Enter" && props.chosen !== null) props.onOpen(props.chosen);
    if (event.key === "Escape") props.onChoose(null);
  }
  return (
    <div
      role="application"
      aria-label={`${props.label}. ${t().scatter.keys}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is one stop, walked by arrow keys
      tabIndex={0}
      class="min-w-0 rounded-field"
      onKeyDown={walk}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} class="w-full overflow-visible" aria-hidden="true">
        <For each={[0, 0.25, 0.5, 0.75, 1]}>
          {(at) => (
            <g>
              <line x1={x(at)} x2={x(at)} y1={y(0) + PAD} y2={y(1) - PAD} class={gridLine(at)} />
              <line x1={x(0) - PAD} x2={x(1) + PAD} y1={y(at)} y2={y(at)} class={gridLine(at)} />
              <text
                x={x(at)}
                y={HEIGHT - BOTTOM + 14}
                text-anchor="middle"
                class="fill-faint text-[11px]"
              >
                {tick(props.ranges.x, at)}
              </text>
              <text x={LEFT - 6} y={y(at) + 4} text-anchor="end" class="fill-faint text-[11px]">
                {tick(props.ranges.y, at)}
              </text>
            </g>
          )}
        </For>
        <text
          x={(x(0) + x(1)) / 2}
          y={HEIGHT - 8}
          text-anchor="middle"
          class="fill-soft text-[12px]"
        >
          {props.titles.x}
        </text>
        <text
          transform={`translate(11 ${(y(0) + y(1)) / 2}) rotate(-90)`}
          text-anchor="middle"
          class="fill-soft text-[12px]"
        >
          {props.titles.y}
        </text>
        <For each={props.dots}>
          {(dot, at) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the picture around it takes the keys
            <circle
              data-dot={dot.samples.length}
              cx={x(dot.x)}
              cy={y(dot.y)}
              r={radius(dot.samples.length)}
              class="cursor-pointer fill-accent-fill/55 stroke-accent stroke-1 hover:fill-accent-fill"
              onClick={() => {
                props.onChoose(at());
                if (dot.samples.length === 1) props.onOpen(at());
              }}
            >
              <title>{props.sentence(at())}</title>
            </circle>
          )}
        </For>
        <Show when={props.dots[props.chosen ?? -1]}>
          {(dot) => (
            <circle
              cx={x(dot().x)}
              cy={y(dot().y)}
              r={radius(dot().samples.length) + 4}
              class="pointer-events-none fill-none stroke-ink stroke-2"
            />
          )}
        </Show>
      </svg>
    </div>
  );
}

function gridLine(at: number): string {
  return at === 0.5 ? "stroke-line-strong" : "stroke-line";
}
