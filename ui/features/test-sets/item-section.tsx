import { useInfiniteQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import { createStore } from "solid-js/store";
import { t } from "../../i18n/translate.ts";
import { TextLine } from "../../kit/fields.tsx";
import { ListView } from "../../kit/list-view.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { AddMore, Row, Rows, Section, SettingsForm } from "../settings/parts.tsx";
import { changeItems, testItemsQuery } from "./test-sets-api.ts";

export const ALTERED = ["test-set", "test-sets", "test-items", "estimate"] as const;
const EMPTY = { question: "", reference: "", tags: "" };

/** The questions, and one more by hand. */
export function ItemSection(props: { setId: string }) {
  const words = () => t().testSets;
  const items = useInfiniteQuery(() => testItemsQuery(props.setId));
  const removing = useSaving(changeItems, {
    alters: ALTERED,
    done: () => words().removedItem,
    isSaid: true,
  });
  const all = () => (items.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <Section title={words().questions}>
      <ListView query={items} skeleton={<div class="skeleton mt-4 h-40" />}>
        <Rows each={all()} none={words().empty}>
          {(item) => (
            <Row
              actions={
                <button
                  type="button"
                  class="button button-quiet"
                  aria-label={`${words().removeItem}: ${item.question}`}
                  disabled={removing.isPending}
                  onClick={() => removing.mutate({ id: props.setId, remove: [item.id] })}
                >
                  {words().removeItem}
                </button>
              }
            >
              <p class="break-words">{item.question}</p>
              <p class="line-clamp-2 text-sm break-words text-soft">
                {item.ground_truth ?? words().noReference}
              </p>
              <Show when={item.tags}>
                {(tags) => (
                  <p class="text-xs text-soft">
                    {Object.entries(tags())
                      .map(([name, value]) => `${name}=${value}`)
                      .join(" · ")}
                  </p>
                )}
              </Show>
            </Row>
          )}
        </Rows>
      </ListView>
      <AddMore label={words().add} isFirst={items.isSuccess && all().length === 0}>
        <AddForm setId={props.setId} />
      </AddMore>
    </Section>
  );
}

function AddForm(props: { setId: string }) {
  const words = () => t().testSets;
  const [item, setItem] = createStore({ ...EMPTY });
  const adding = useSaving(changeItems, {
    alters: ALTERED,
    done: () => words().added,
    onDone: () => setItem({ ...EMPTY }),
  });
  const tags = () =>
    Object.fromEntries(
      item.tags.split(/[,，;；]/).flatMap((pair) => {
        const [name = "", value = ""] = pair.split("=").map((part) => part.trim());
        return name !== "" && value !== "" ? [[name, value]] : [];
      }),
    );
  return (
    <SettingsForm
      title={words().add}
      submit={words().addNow}
      saving={adding}
      isReady={item.question.trim() !== ""}
      onSubmit={() =>
        adding.mutate({
          id: props.setId,
          put: [
            {
              question: item.question.trim(),
              ...(item.reference.trim() === "" ? {} : { ground_truth: item.reference.trim() }),
              ...(Object.keys(tags()).length === 0 ? {} : { tags: tags() }),
            },
          ],
        })
      }
    >
      <TextLine
        id="item-question"
        label={words().question}
        required
        value={item.question}
        onText={(question) => setItem({ question })}
      />
      <TextLine
        id="item-reference"
        label={words().reference}
        value={item.reference}
        onText={(reference) => setItem({ reference })}
      />
      <TextLine
        id="item-tags"
        label={words().tags}
        placeholder={words().tagsHelp}
        value={item.tags}
        onText={(text) => setItem({ tags: text })}
      />
    </SettingsForm>
  );
}
