import * as z from 'zod';

export const SourceType = z.enum([
  'muster',
  'ansible',
  'bolt',
  'ssh-config',
  'clustershell',
  'hosts',
  'csv',
  'folders',
  'command',
]);
export type SourceType = z.infer<typeof SourceType>;

/** Whether the vars of such sources are Ansible's: templates in them, connection settings among them. */
export function isAnsible(type: SourceType): boolean {
  return type === 'ansible' || type === 'command';
}

/** Where nodes come from. */
export const SourceRef = z.object({
  /** Without it, found out by the name and the content of the file. */
  type: SourceType.optional(),
  /** Absolute path of a file or folder; of a command, the folder in which it runs. */
  path: z.string(),
  /** Command line of a `command` source. */
  run: z.string().optional(),
  /** Of two sources that say different things about one key, the higher wins; of equals, the later. Default: 50. */
  priority: z.number().optional(),
  /** Milliseconds that what a command printed counts as fresh. */
  ttlMs: z.number().optional(),
});
export type SourceRef = z.infer<typeof SourceRef>;

/**
 * `[TYPE:]PATH` as people write it. `ssh-config:` alone is the person's own configuration; what stands behind `command:`
 * is a command line, which runs in the folder.
 */
export function sourceRefOf(
  text: string,
  { folder, absolute }: { readonly folder: string; absolute(path: string): string },
): SourceRef {
  const colon = text.indexOf(':');
  const type = SourceType.safeParse(text.slice(0, colon));
  if (!type.success) return { path: absolute(text) };
  const rest = text.slice(colon + 1);
  if (type.data === 'command') return { type: 'command', path: folder, run: rest };
  const path = rest === '' && type.data === 'ssh-config' ? '~/.ssh/config' : rest;
  return { type: type.data, path: absolute(path) };
}

/** A source that an inventory names, its path already absolute. */
export type DeclaredSource = SourceRef & { readonly type: SourceType };

export const defaultPriority = 50;
/** Priority of what an inventory.yaml says itself: over the sources that it names. */
export const musterPriority = 100;

/** Something that would act on this machine, and waits for a person's yes. */
export const ApprovalRequest = z.object({
  /** Digest of all that would act; a change of it asks again. */
  id: z.string(),
  kind: z.enum(['command', 'proxy-command', 'ssh-config', 'local-nodes', 'secret-command']),
  /** The file that says so, or the folder of a command. */
  path: z.string(),
  /** What would act, in the words of the file: the command line, or the names of the local nodes, folded. */
  what: z.string(),
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

/** How a source is doing. */
export const SourceState = z.object({
  /** Unique among the sources of one inventory: its path, or the command line of a command. */
  id: z.string(),
  type: SourceType,
  ref: SourceRef,
  /**
   * `refused`: it has errors, and its nodes do not run. `failed`: it gave nothing. `held`: it would execute something
   * that nobody has allowed yet.
   */
  status: z.enum(['ok', 'refused', 'failed', 'held']),
  /** Why it is not ok, in a sentence. */
  message: z.string().optional(),
  /** How many nodes and groups it describes. */
  nodes: z.number(),
  groups: z.number(),
  /** Files and folders that it was read from, to be watched. */
  files: z.array(z.string()),
  /** Milliseconds since the epoch at which it was read. */
  readAt: z.number(),
  /** Milliseconds since the epoch; set while nodes of an earlier reading are shown. */
  shownAsOf: z.number().optional(),
  /** Milliseconds since the epoch after which it is read again; of commands. */
  expiresAt: z.number().optional(),
  approvals: z.array(ApprovalRequest),
});
export type SourceState = z.infer<typeof SourceState>;
