import type {
  Exit,
  GetRequest,
  PutRequest,
  Session,
  TransferContext,
} from '../../../core/plugin/transport.ts';
import { onAbort } from '../../../core/util/abort.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { openFilesAs, runThereAs } from './asUser.ts';
import type { RunThere } from './digest.ts';
import { getFiles } from './get.ts';
import { putFiles } from './put.ts';
import { FilesError, type RemoteFiles } from './remoteFiles.ts';

export type CarryDeps = {
  readonly clock: Clock;
  /** Gives access to the node's files, or why there is none. */
  open(signal: AbortSignal): Promise<RemoteFiles | Exit>;
  readonly run: RunThere;
};

/** Milliseconds after an abort in which what is unfinished can be taken away. */
const cleanUpMs = 4000;

/** What a session does with files, over whatever gives access to them. */
export function carrying(deps: CarryDeps): Required<Pick<Session, 'put' | 'get'>> {
  return {
    put(request: PutRequest, context) {
      const way = wayOf(request, { ...deps, context });
      return carry('copy', way, (files) => putFiles(request, { ...context, files, run: way.run }));
    },
    get: (request: GetRequest, context) =>
      carry('fetch', wayOf(request, { ...deps, context }), (files) =>
        getFiles(request, { ...context, files }),
      ),
  };
}

/** The means of carrying, as the user that the request names. */
function wayOf({ runAs }: PutRequest | GetRequest, way: Carrying): Carrying {
  if (!runAs) return way;
  const { run, clock, context } = way;
  const user = { run, runAs, clock, askPassword: context.askPassword };
  return { ...way, run: runThereAs(user), open: (signal) => openFilesAs({ ...user, signal }) };
}

type Carrying = CarryDeps & { readonly context: TransferContext };

async function carry(
  step: string,
  { open, clock, context: { signal } }: Carrying,
  work: (files: RemoteFiles) => Promise<boolean>,
): Promise<Exit> {
  if (signal.aborted) return { type: 'stopped', remote: 'never-started' };
  let timer = { dispose: (): void => undefined };
  let files: RemoteFiles | undefined;
  try {
    const opened = await open(signal);
    if ('type' in opened) return opened;
    files = opened;
    const stopping = onAbort(signal, () => (timer = clock.after(cleanUpMs, () => void opened.close())));
    try {
      return { type: 'exited', code: 0, changed: await work(files) };
    } finally {
      stopping.dispose();
    }
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
    if (signal.aborted) return { type: 'stopped', remote: 'stopped' };
    const { message } = error;
    return error.code === 'lost'
      ? { type: 'lost', message: `${message}; how far it came is not known` }
      : { type: 'failed', step, message };
  } finally {
    timer.dispose();
    await files?.close();
  }
}
