import type { RunAs } from '../run/action.ts';
import type { FetchAction, PlannedFile } from '../run/fileActions.ts';
import type { ConnectionInfo, UnknownHostKey } from '../run/events.ts';
import type { Outcome, Phase, RemoteFate, UnreachableKind } from '../run/outcome.ts';
import type { Target } from '../run/plan.ts';
import type { PhaseTimeouts } from '../run/strategy.ts';

/** A label, which is asked once in a batch however many nodes need it; a code that is good once is asked each time. */
export type SecretQuestion = string | { readonly label: string; readonly isOnce: true };

/** Asks a person for a secret, such as a password. Undefined when none is given. */
export type AskSecret = (question: SecretQuestion) => Promise<string | undefined>;

/** A password that a person gave, and what its receiver made of it. Exactly one of the three has to be called. */
export type GivenPassword = {
  readonly secret: string;
  /** Whose password it is. */
  readonly account: string;
  accepted(): void;
  refused(): void;
  /** Nobody has looked at it: the connection went away, or it was not needed. */
  unused(): void;
};

export type ConnectContext = {
  signal: AbortSignal;
  /** Milliseconds for all phases of connecting together; waiting for a person does not count. */
  timeoutMs: number;
  /** Milliseconds that single phases may take, where that is limited. */
  phaseTimeoutsMs?: PhaseTimeouts;
  onPhase(phase: Phase): void;
  /** Absent where no person can answer. */
  askSecret?: AskSecret;
  /** Takes what the connection says about itself, never what is sent over it. Absent where nobody wants to know. */
  debug?(line: string): void;
  /** Stops the time of connecting while a person is asked on behalf of another node. */
  held?<T>(question: () => Promise<T>): Promise<T>;
};

/** Connecting either gives a session or an outcome; an unknown host key may be offered to a person. */
export type Connected =
  { ok: true; session: Session } | { ok: false; outcome: Outcome; unknownHostKey?: UnknownHostKey };

/** What to run, and what it gets. */
export type ExecRequest = {
  command: string;
  /** Its text is a secret, and kept out of the arguments of processes where that is possible. */
  isSecret?: boolean | undefined;
  env?: Readonly<Record<string, string>> | undefined;
  /** Folder on the node. A command whose folder is not there is not run. */
  cwd?: string | undefined;
  /** Without it, stdin ends at once. What comes bit by bit is read no faster than the command takes it. */
  stdin?: Uint8Array | AsyncIterable<Uint8Array> | undefined;
  /** Runs it, and whatever it starts, as another user of the node. */
  runAs?: RunAs | undefined;
  /** Gives it a terminal. All it says is stdout then. */
  tty?: boolean | undefined;
};

/**
 * How the process on the node, or what was done with files, ended. `stopped` answers an abort; `not-started` and `not-run` are certain that the
 * command was not run: the node turned us away, or it has not got what the command needs.
 */
export type Exit =
  | { type: 'exited'; code: number; changed?: boolean }
  | { type: 'signalled'; signal: string }
  | { type: 'stopped'; remote: RemoteFate }
  | { type: 'not-started'; kind: UnreachableKind; message: string }
  | { type: 'not-run'; step: string; message: string }
  | { type: 'failed'; step: string; message: string }
  | { type: 'lost'; message: string };

/** May return a promise: then the stream is held until it settles (back-pressure). */
export type OnOutput = (stream: 'stdout' | 'stderr', chunk: Uint8Array) => void | Promise<void>;

/** A process on a node, as far as it can be told from a later one with the same number. */
export type StartedProcess = {
  readonly pid: number;
  /** Whether the number is that of a process group, so that it can be stopped with all it started. */
  readonly group: boolean;
  /** When the node started it, in ticks of its clock. */
  readonly born?: string | undefined;
};

export type ExecContext = {
  /** Abort means: stop the process group, verify, and settle with `stopped`. */
  signal: AbortSignal;
  onOutput: OnOutput;
  onProcess(pid: number, identity?: Omit<StartedProcess, 'pid'>): void;
  /** Gives the password for `runAs` where one is asked for; undefined where nobody gave one. */
  askPassword?(): Promise<GivenPassword | undefined>;
};

/** Files to put on a node, and how they have to be there. */
export type PutRequest = {
  readonly files: readonly PlannedFile[];
  /** Where the plan puts them; ends with `/` where that is a folder, which is made if it is missing. */
  readonly to: string;
  /** Octal. */
  readonly mode?: string | undefined;
  readonly owner?: string | undefined;
  readonly backup?: boolean | undefined;
  /** The user of the node that puts them there; without it, whoever logs in. */
  readonly runAs?: RunAs | undefined;
};

/** Files to get from a node, into the folder of that node below `to`. */
export type GetRequest = Omit<FetchAction, 'type'> & { readonly node: string };

export type TransferContext = {
  /** Abort means: take away what is not finished, and settle with `stopped`. */
  signal: AbortSignal;
  /** Takes a line for each file: what became of it. */
  onOutput: OnOutput;
  /** Bytes so far, of all; 0 where nobody knows how many. */
  onProgress(bytes: number, of: number): void;
  /** Takes what a person has to know afterwards, such as what is left on the node. */
  note(message: string): void;
  /** As for a command. */
  readonly askPassword?: ExecContext['askPassword'];
};

/** One way to a node, open. Disposing closes it and never throws. */
export interface Session extends AsyncDisposable {
  readonly info: ConnectionInfo;
  exec(request: ExecRequest, context: ExecContext): Promise<Exit>;
  /** Puts files in their places, each at once or not at all. Absent where no files can be carried. */
  put?(request: PutRequest, context: TransferContext): Promise<Exit>;
  /** Gets files, and nothing outside the folder that is for this node. */
  get?(request: GetRequest, context: TransferContext): Promise<Exit>;
  /** Stops a process that an earlier session started, if it still is that one. Absent where that can not be told. */
  stop?(process: StartedProcess, as: Pick<ExecRequest, 'runAs' | 'tty'>): Promise<RemoteFate>;
}

/** Why a node is not reached before a person has looked at its host key. */
export type Unknown = {
  readonly outcome: Outcome;
  readonly unknownHostKey: UnknownHostKey;
  /** It is the key of a hop; that of the node has not been seen. */
  readonly isHop: boolean;
};

/** Host keys, where a transport has them, before anything else is done with a node. */
export interface HostKeys<O> {
  /** Those for which there is no key, or none for a hop on the way, as far as a quick look at files tells. */
  missing(targets: readonly { target: Target; options: O }[]): Promise<readonly Target[]>;
  /** Lets the node show its key, and goes no further: nobody is logged in. Undefined where there is nothing to ask. */
  fetch(target: Target, options: O, context: ConnectContext): Promise<Unknown | undefined>;
}

/** Validates options of a transport; a Zod schema does. */
export interface OptionsSchema<O> {
  safeParse(value: unknown): { success: true; data: O } | { success: false; error: { message: string } };
}

/** How one node is reached. Expected failures come back as outcomes; whatever it throws is its bug. */
export interface Transport<O = unknown> {
  readonly name: string;
  readonly options: OptionsSchema<O>;
  connect(target: Target, options: O, context: ConnectContext): Promise<Connected>;
  /** Whether connecting now opens no new connection. Absent where each attempt opens one. */
  isConnected?(target: Target): boolean;
  /** Whether the node answers, without logging in to it: undefined, or why not. Absent where nobody can tell. */
  probe?(target: Target, options: O, context: ConnectContext): Promise<Outcome | undefined>;
  readonly hostKeys?: HostKeys<O>;
}
