import { createHash } from 'node:crypto';
import type { ExecContext, ExecRequest, Exit } from '../../../core/plugin/transport.ts';
import { quoteForSh } from '../../../core/util/quote.ts';
import type { RemoteFiles } from './remoteFiles.ts';

/** Runs a command on the node. */
export type RunThere = (request: ExecRequest, context: ExecContext) => Promise<Exit>;

export type Digesting = { readonly files: RemoteFiles; readonly run: RunThere; readonly signal: AbortSignal };

/**
 * SHA-256 of files on the node, in their order, hexadecimal: by a tool of the node where it has one, else by reading
 * them back.
 */
export async function digests(paths: readonly string[], digesting: Digesting): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const said = await shellDigests(paths, digesting);
  const found: string[] = [];
  for (const [at, path] of paths.entries()) found.push(said[at] ?? (await readBack(path, digesting)));
  return found;
}

/** A line for each file; an empty one where the node can not tell. */
async function shellDigests(
  paths: readonly string[],
  { run, signal }: Digesting,
): Promise<(string | undefined)[]> {
  const command = `${digestScript}\nfor f in ${paths.map(fileWord).join(' ')}; do digest; done`;
  const said = await say(command, { run, signal });
  const lines = (said ?? '').split('\n');
  if (lines.length !== paths.length + 1) return [];
  return lines.map((line) => (/^[0-9a-f]{64}$/.test(line) ? line : undefined));
}

const digestScript = [
  'digest() { h=; if [ -f "$f" ]; then',
  'if command -v sha256sum >/dev/null 2>&1; then h=$(sha256sum <"$f" 2>/dev/null)',
  'elif command -v shasum >/dev/null 2>&1; then h=$(shasum -a 256 <"$f" 2>/dev/null)',
  'elif command -v sha256 >/dev/null 2>&1; then h=$(sha256 -q <"$f" 2>/dev/null); fi; fi',
  'printf "%s\\n" "${h%% *}"; }',
].join('\n');

/** What a command says; undefined where it does not end with 0. */
export async function say(
  command: string,
  { run, signal }: Pick<Digesting, 'run' | 'signal'>,
): Promise<string | undefined> {
  let said = '';
  const exit = await run(
    { command },
    {
      signal,
      onProcess: () => undefined,
      onOutput: (stream, chunk) => {
        if (stream === 'stdout' && said.length < mostSaid) said += Buffer.from(chunk).toString('utf8');
      },
    },
  );
  return exit.type === 'exited' && exit.code === 0 ? said : undefined;
}

const mostSaid = 4 * 1024 * 1024;

/** A path as a word for sh: only a `~` at its start means something. */
export function fileWord(path: string): string {
  if (path.startsWith('~/')) return `~/${quoteForSh(path.slice(2))}`;
  return quoteForSh(path.startsWith('/') ? path : `./${path}`);
}

async function readBack(path: string, { files, signal }: Digesting): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of files.read(path, signal)) hash.update(bytes);
  return hash.digest('hex');
}
