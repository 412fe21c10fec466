import { sayWhy } from "../../kit/say-why.ts";

/** What the server would not do, below the form that asked. */
export function RefusalLine(props: { error: Error }) {
  return (
    <p role="alert" class="mt-2 text-sm break-words text-bad">
      {sayWhy(props.error)}
    </p>
  );
}
