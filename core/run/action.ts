import * as z from 'zod';
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

/** What a batch does on each of its targets. */
export const Action = z.discriminatedUnion('type', [CommandAction]);
export type Action = z.infer<typeof Action>;

/** The kinds of action there are, as rules name them. */
export const ActionType = z.enum({ command: 'command' } satisfies { [T in Action['type']]: T });
export type ActionType = z.infer<typeof ActionType>;

/** The action in one line, for headers and lists. */
export function actionTitle(action: Action): string {
  return action.command;
}

/** What the command gets beside its text, for people: `as root (sudo)`, `in /srv`, `with LANG, TZ`, `12 bytes on stdin`. */
export function actionFacts({ env = {}, cwd, stdin, runAs, tty, follow }: Action): readonly string[] {
  const names = Object.keys(env);
  return [
    ...(runAs === undefined ? [] : [`as ${runAs.user} (${runAs.method})`]),
    ...(cwd === undefined ? [] : [`in ${cwd}`]),
    ...(names.length === 0 ? [] : [`with ${names.join(', ')}`]),
    ...(stdin === undefined ? [] : [`${stdin.bytes} bytes on stdin`]),
    ...(tty ? ['in a terminal'] : []),
    ...(follow ? ['until it is stopped'] : []),
  ];
}
