/** A call that never comes is the fault of who should make it; the others are told so, late enough for any machine. */
const PATIENCE_MS = 20_000;

/**
 * Rounds of so many calls each; the function lets a call on when its round is full. Who waited for whom is then told by
 * who came after whom: no call of a round is answered before its last has come, however late the machine brings that one.
 */
export function createRounds(sizes: readonly number[]): () => Promise<void> {
  const rounds = sizes.map((size, at) => createRound(size, at + 1));
  return async () => rounds.find(({ isOver }) => !isOver())?.join();
}

function createRound(size: number, number: number) {
  let come = 0;
  let isOver = false;
  let end = (_error?: Error): void => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => {
      isOver = true;
      if (error) reject(error);
      else resolve();
    };
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    isOver: () => isOver,
    join(): Promise<void> {
      come += 1;
      timer ??= setTimeout(() => {
        end(new Error(`round ${number}: ${come} of ${size} calls came`));
      }, PATIENCE_MS).unref();
      if (come === size) {
        clearTimeout(timer);
        end();
      }
      return ended;
    },
  };
}
