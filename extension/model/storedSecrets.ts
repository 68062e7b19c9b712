/** What keeps one text in the secret storage of the machine; both reject where there is none. */
export type Storage = {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
};

/** Whose secret it is: the file that names it, and its name there. */
export type SecretKey = { readonly file: string; readonly name: string };

/** Secrets that people gave once. Only the secret storage has them, or this window's memory where there is none. */
export type StoredSecrets = {
  get(key: SecretKey): Promise<string | undefined>;
  /** False where it is only kept for as long as this window is open. */
  keep(key: SecretKey, value: string): Promise<boolean>;
  list(): Promise<readonly SecretKey[]>;
  forget(keys: readonly SecretKey[]): Promise<void>;
};

const storageKey = 'muster.storedSecrets';
type Kept = readonly (SecretKey & { readonly value: string })[];

export function createStoredSecrets(storage: Storage): StoredSecrets {
  let memory: Kept = [];
  /** Rejects where the storage can not be read: what was not read must not be written over. */
  const read = async (): Promise<Kept> => {
    const parsed = parsedOf((await storage.get(storageKey)) ?? '[]');
    return Array.isArray(parsed) ? parsed.filter(isKept) : [];
  };
  const all = async (): Promise<Kept> => {
    const kept = await read().catch((): Kept => []);
    return [...memory, ...kept.filter((each) => !memory.some((other) => isSame(each, other)))];
  };
  return {
    get: async (key) => (await all()).find((each) => isSame(each, key))?.value,
    async keep({ file, name }, value) {
      const key = { file, name };
      memory = memory.filter((each) => !isSame(each, key));
      try {
        const others = (await read()).filter((each) => !isSame(each, key));
        await storage.store(storageKey, JSON.stringify([...others, { ...key, value }]));
        return true;
      } catch {
        memory = [...memory, { ...key, value }];
        return false;
      }
    },
    list: async () => (await all()).map(({ file, name }) => ({ file, name })),
    async forget(keys) {
      const isMeant = (each: SecretKey): boolean => keys.some((key) => isSame(each, key));
      memory = memory.filter((each) => !isMeant(each));
      await storage.store(storageKey, JSON.stringify((await read()).filter((each) => !isMeant(each))));
    },
  };
}

/** Undefined for what nobody can read any more. */
function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSame(a: SecretKey, b: SecretKey): boolean {
  return a.file === b.file && a.name === b.name;
}

/** What is kept was written by this extension, perhaps by an older one. */
function isKept(each: unknown): each is Kept[number] {
  const { file, name, value } = (each ?? {}) as Partial<Record<string, unknown>>;
  return [file, name, value].every((text) => typeof text === 'string');
}
