import type { UploadPurpose } from './uploads.ts';

/** A file somebody has chosen, kept in the browser until what it is for was sent. */
export type Shelved = {
  key: string;
  /** What it is for, such as an answer to a ticket. */
  place: string;
  file: File;
  purpose: UploadPurpose;
  /** The upload it became at the server, once that has begun. */
  uploadId?: string | undefined;
};
type Kept = Shelved & { tab: string; at: number };

const DATABASE = 'zhanggui.uploads';
const STORE = 'files';
const TAB = 'zhanggui.uploads.tab';
const KEPT_MS = 24 * 60 * 60 * 1000; // no upload at the server lasts longer

/** The name of this tab: it lasts over a reload, and nobody who comes later has it. */
function tabName(): string {
  const known = sessionStorage.getItem(TAB);
  if (known !== null) return known;
  const made = crypto.randomUUID();
  sessionStorage.setItem(TAB, made);
  return made;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the store of the browser refused')));
  });

async function withStore<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE, { keyPath: 'key' }));
  const database = await settled(opening);
  try {
    return await work(database.transaction(STORE, 'readwrite').objectStore(STORE));
  } finally {
    database.close();
  }
}

/** Where the browser keeps nothing, files last as long as the page: that is no reason to fail. */
async function tried<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch {
    return otherwise;
  }
}

/** Files are kept for the tab they were chosen in: after a reload they go on, for whoever comes later they are not there. */
export const uploadShelf = {
  put: (entry: Shelved): Promise<unknown> =>
    tried(() => withStore((store) => settled(store.put({ ...entry, tab: tabName(), at: Date.now() }))), undefined),
  drop: (key: string): Promise<unknown> => tried(() => withStore((store) => settled(store.delete(key))), undefined),
  /** What was chosen for a place, in the order it was chosen. What is too old for the server goes on the way. */
  of: (place: string): Promise<Shelved[]> =>
    tried(
      () =>
        withStore(async (store) => {
          const all = (await settled(store.getAll())) as Kept[];
          const old = all.filter((entry) => entry.at < Date.now() - KEPT_MS);
          await Promise.all(old.map((entry) => settled(store.delete(entry.key))));
          const tab = tabName();
          return all
            .filter((entry) => entry.place === place && entry.tab === tab && !old.includes(entry))
            .toSorted((a, b) => (a.key < b.key ? -1 : 1));
        }),
      [],
    ),
  /** What they were chosen for was sent. */
  forget: async (place: string): Promise<void> => {
    for (const entry of await uploadShelf.of(place)) await uploadShelf.drop(entry.key);
  },
  /** Whoever signed in is gone. */
  clear: (): Promise<unknown> => tried(() => withStore((store) => settled(store.clear())), undefined),
};
