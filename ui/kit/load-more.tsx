import { Show } from "solid-js";
import { t } from "../i18n/translate.ts";

export function LoadMore(props: { hasMore: boolean; isLoading?: boolean; onMore: () => void }) {
  return (
    <Show when={props.hasMore}>
      <div class="my-4 flex justify-center print:hidden">
        <button
          type="button"
          class="button"
          disabled={props.isLoading}
          onClick={() => props.onMore()}
        >
          {props.isLoading ? t().app.loading : t().app.loadMore}
        </button>
      </div>
    </Show>
  );
}
