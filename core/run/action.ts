import * as z from 'zod';
import { CopyAction, FetchAction, LocalPath } from './fileActions.ts';
import { RunAs } from './runAs.ts';

export { RunAs, runAsMethods } from './runAs.ts';

/** Text for the node's shell. NUL ends a string in every shell, so that what follows would silently not run. */
const Command = z
  .string()
  .refine((text) => text.trim() !== '', 'The command is empty.')
  .refine((text) => !text.includes('\0'), 'The command contains a NUL character, which no shell can take.');

/** POSIX, 3.216 and 8.1: other names exist, but no shell can set them. */
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Environment variables of a command. They are part of the plan, and kept with it: no place for secrets. */
const Environment = z.record(z.string(), z.string()).superRefine((variables, context) => {
  for (const [name, value] of Object.entries(variables)) {
    const problem = variableProblem(name, value);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  }
});

/** Why no shell can set this variable; undefined where one can. */
export function variableProblem(name: string, value: string): string | undefined {
  if (!variableName.test(name)) {
    return `${JSON.stringify(name)} is no name of a variable: use letters, digits and _, and no digit first.`;
  }
  return value.includes('\0') ? `The value of ${name} contains a NUL character.` : undefined;
}

const Folder = z
  .string()
  .refine((path) => path !== '', 'The folder is empty. Leave it out for the one that a login starts in.')
  .refine((path) => !/[\0\n]/.test(path), 'The folder contains a NUL character or a line break.');

/** Most bytes that can be given to a command on stdin: each client sends them to the engine, which keeps them. */
export const maxStdinBytes = 16 * 1024 * 1024;

/** What a command reads on stdin. The plan says which bytes; they travel beside it and are never on disk. */
export const Stdin = z.object({
  bytes: z.int().min(0).max(maxStdinBytes),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Stdin = z.infer<typeof Stdin>;

const CommandAction = z
  .object({
    type: z.literal('command'),
    command: Command,
    env: Environment.optional(),
    /** Folder on the node; `~` is the home folder, and a relative one starts where a login does. */
    cwd: Folder.optional(),
    /** Without it, stdin ends at once. */
    stdin: Stdin.optional(),
    runAs: RunAs.optional(),
    /** Whether the command gets a terminal. All it says is stdout then. */
    tty: z.boolean().optional(),
    /** Whether it runs until somebody stops it, as `tail -f` does. It has no time limit, and stopping it is no failure. */
    follow: z.boolean().optional(),
  })
  .refine(
    ({ tty, stdin }) => !(tty && stdin),
    'A terminal takes no file on stdin. Leave out one of the two.',
  );

export type CommandAction = z.infer<typeof CommandAction>;

/** A script of this machine, run on each node. */
const ScriptAction = z
  .object({
    type: z.literal('script'),
    file: LocalPath,
    args: z.array(z.string().refine((text) => !text.includes('\0'), 'An argument contains a NUL character.')),
    /** Program and options, separated by spaces; without it what the first line names, else `/bin/sh`. */
    interpreter: z
      .string()
      .refine(
        (text) => text.trim() !== '' && !/[\0\n]/.test(text),
        'The interpreter is no name of a program.',
      )
      .optional(),
    env: Environment.optional(),
    cwd: Folder.optional(),
    stdin: Stdin.optional(),
    runAs: RunAs.optional(),
    tty: z.boolean().optional(),
  })
  .refine(
    ({ tty, stdin }) => !(tty && stdin),
    'A terminal takes no file on stdin. Leave out one of the two.',
  );
export type ScriptAction = z.infer<typeof ScriptAction>;

/** What runs a process on the node. */
export type ProcessAction = CommandAction | ScriptAction;

/** A playbook, or a task by itself. */
const PlaybookAction = z.object({
  type: z.literal('playbook'),
  /** Absolute path of the file. */
  file: z.string().min(1),
  params: z.record(z.string(), z.json()),
  /** Parameters that are secret: their values travel beside the plan and are never on disk. */
  withheld: z.array(z.string()),
  /** Variables over all others. */
  vars: z.record(z.string(), z.json()).optional(),
  /** Only steps with one of these tags. */
  tags: z.array(z.string()).optional(),
  /** No steps with one of these tags. */
  skipTags: z.array(z.string()).optional(),
  /** Id of the step to begin with. */
  startAt: z.string().optional(),
  /** Id of the only step that is done. */
  only: z.string().optional(),
  /** On the nodes, steps are only told, but those of tasks that support a dry run. */
  dryRun: z.boolean().optional(),
  /** What the files said when the plan was made; a request has none. */
  loaded: z.unknown().optional(),
});
export type PlaybookAction = z.infer<typeof PlaybookAction>;

/** What a batch does on each of its targets. */
export const Action = z.discriminatedUnion('type', [
  CommandAction,
  ScriptAction,
  CopyAction,
  FetchAction,
  PlaybookAction,
]);
export type Action = z.infer<typeof Action>;

/** The kinds of action there are, as rules name them. */
export const ActionType = z.enum({
  command: 'command',
  script: 'script',
  copy: 'copy',
  fetch: 'fetch',
  playbook: 'playbook',
} satisfies { [T in Action['type']]: T });
export type ActionType = z.infer<typeof ActionType>;
