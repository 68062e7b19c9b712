import type { PlaybookClient, PlaybookSummary } from '../../core/protocol/playbooks.ts';
import type { Result } from '../../core/util/errors.ts';

/** Where the engine is that reads the files. */
export type PlaybookReader = { client(): Promise<Result<Pick<PlaybookClient, 'playbooks'>>> };

/** What the engine says of tasks and playbooks; it is asked once for each file until that is forgotten. */
export type PlaybookSummaries = {
  /** In the order of the files; those that are gone have none. Throws where the engine does not answer. */
  of(files: readonly string[]): Promise<readonly (PlaybookSummary | undefined)[]>;
  forget(file: string): void;
  forgetAll(): void;
};

export function createPlaybookSummaries(reader: PlaybookReader): PlaybookSummaries {
  const asked = new Map<string, Promise<ReadonlyMap<string, PlaybookSummary>>>();
  const ask = (files: readonly string[]): void => {
    const answer = read(reader, files);
    for (const file of files) asked.set(file, answer);
    answer.catch(() => {
      for (const file of files) if (asked.get(file) === answer) asked.delete(file);
    });
  };
  return {
    of(files) {
      const missing = files.filter((file) => !asked.has(file));
      if (missing.length > 0) ask(missing);
      return Promise.all(files.map(async (file) => (await asked.get(file))?.get(file)));
    },
    forget: (file) => void asked.delete(file),
    forgetAll: () => asked.clear(),
  };
}

async function read(
  { client }: PlaybookReader,
  files: readonly string[],
): Promise<ReadonlyMap<string, PlaybookSummary>> {
  const engine = await client();
  if (!engine.ok) throw new Error(engine.error.message);
  const summaries = await engine.value.playbooks({ files: [...files] });
  return new Map(summaries.map((summary) => [summary.file, summary]));
}
