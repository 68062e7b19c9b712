import * as z from 'zod';
import { RunAs } from './runAs.ts';
import { isDeviceName } from '../util/deviceName.ts';

/** Most files that one plan copies to a node, and that it fetches of one unless asked for more. */
export const mostFiles = 10_000;
/** Most bytes that are fetched of a node unless asked for more: 1 GiB. */
export const mostFetchedBytes = 1024 ** 3;

const noNul = (text: string): boolean => !text.includes('\0');

/** A path on this machine, absolute: whoever asks knows what it is relative to. `{node}` stands for the node's name. */
export const LocalPath = z
  .string()
  .refine((path) => /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path), 'The path on this machine is not absolute.')
  .refine(noNul, 'The path on this machine contains a NUL character.');

/** A path on a node; a relative one starts where a login does. */
export const RemotePath = z
  .string()
  .min(1, 'The path on the node is empty.')
  .refine(noNul, 'The path on the node contains a NUL character.');

/** Permission bits, as `chmod` takes them: octal. */
export const Mode = z.string().regex(/^[0-7]{3,4}$/, 'Write the mode as chmod does, such as 0644.');

/** `user`, `user:group` or `:group`, as `chown` takes them. */
export const Owner = z
  .string()
  .regex(
    /^(?:[\w.][\w.-]*(?::[\w.][\w.-]*)?|:[\w.][\w.-]*)$/,
    'Write the owner as user, user:group or :group.',
  );

/** Files and folders of this machine, put on each node. */
export const CopyAction = z.object({
  type: z.literal('copy'),
  from: z.array(LocalPath).min(1, 'Say what to copy.'),
  /** Ends with `/` where it is a folder. */
  to: RemotePath,
  /** Of all files; without it that of the file that was there, else of the file here. */
  mode: Mode.optional(),
  /** Without it that of the file that was there, else of whoever logs in. */
  owner: Owner.optional(),
  /** Whether what was there is kept beside it, with the time in its name. */
  backup: z.boolean().optional(),
  runAs: RunAs.optional(),
});
export type CopyAction = z.infer<typeof CopyAction>;

/** Files and folders of each node, put in a folder of its own on this machine. */
export const FetchAction = z.object({
  type: z.literal('fetch'),
  from: z.array(RemotePath).min(1, 'Say what to fetch.'),
  /** Folder in which each node gets its own. */
  to: LocalPath,
  /** Whether files that are there already are replaced. */
  overwrite: z.boolean().optional(),
  /** Of each node. */
  maxBytes: z.int().min(1).optional(),
  maxFiles: z.int().min(1).max(1_000_000).optional(),
  runAs: RunAs.optional(),
});
export type FetchAction = z.infer<typeof FetchAction>;

/** A file of this machine as it was when the plan was made; another one is not put in place. */
export const PlannedFile = z.object({
  /** With all links resolved. */
  from: z.string(),
  /** Path on the node. */
  to: z.string(),
  bytes: z.int().min(0),
  /** Hexadecimal. */
  sha256: z.string(),
  /** Permission bits here. */
  mode: z.int(),
  /** The only node that gets it; without it all do. */
  node: z.string().optional(),
  /** What a script or a template says: it is used as it was planned, whatever becomes of the file. */
  text: z.string().optional(),
  /** The step of a playbook that uses it: `from` is what it names. The path on the node is below the place that it says. */
  step: z.object({ path: z.string(), from: z.string(), isFolder: z.boolean().optional() }).optional(),
});
export type PlannedFile = z.infer<typeof PlannedFile>;

/** Where a file goes, `below` the place that a person named; `/` at its end makes that a folder. */
export function placeOf(to: string, below: string): string {
  return to.endsWith('/') ? `${to.replace(/\/+$/, '')}/${below}` : to;
}

/** Why these files can not go there; undefined where they can. */
export function placeProblem(
  to: string,
  { count, isFolder }: { count: number; isFolder: boolean },
): string | undefined {
  if (to.endsWith('/') || (!isFolder && count <= 1)) return undefined;
  return `${isFolder ? 'A folder' : 'More than one file'} can only go into a folder: write ${to}/.`;
}

/** Why files of these paths of a node would mix here; undefined where they would not. */
export function mixProblem(from: readonly string[]): string | undefined {
  const names = from.map((path) => path.replace(/\/+$/, '').split('/').at(-1) ?? '');
  const again = names.find((name, at) => names.indexOf(name) !== at);
  return again === undefined
    ? undefined
    : `Two of the paths end with ${again}: fetch them into different folders.`;
}

/** What stands for the name of the node in paths. */
export const nodePlace = '{node}';

/** A path with the name of the node in the places that are left for it. */
export function forNode(path: string, node: string): string {
  return path.replaceAll(nodePlace, node);
}

/** Whether a name of a node is one name of a file or folder, on any system. */
export function isFileName(node: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  return !/[/\\:*?"<>|\u0000-\u001f]|^\.{0,2}$|[. ]$|^ /.test(node) && !isDeviceName(node);
}
