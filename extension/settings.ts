import * as vscode from 'vscode';
import { indexedKinds } from '../core/schema/indexConfig.ts';
import { mostAtOnce } from '../core/run/mostAtOnce.ts';

/** The user's settings, typed. Each read gives what holds now; values out of range give the default. */
export type Settings = {
  /** Undefined unless it was set: then config.yaml has its say. */
  readonly concurrency: number | undefined;
  /** Milliseconds; undefined unless it was set. */
  readonly timeoutMs: number | undefined;
  /** Milliseconds; undefined unless it was set: then the inventory's own values stand. */
  readonly connectTimeoutMs: number | undefined;
  /** Above this many nodes the preview says so. */
  readonly warnAbove: number;
  readonly maxTargets: number;
  readonly onWindowClose: 'finish' | 'cancel';
  /** Inventory files by name; empty means: find them in the workspace. */
  readonly inventoryPaths: readonly string[];
  /** Inventories beside those, as `[TYPE:]PATH`. */
  readonly inventorySources: readonly string[];
  setInventorySources(sources: readonly string[], target: vscode.ConfigurationTarget): Thenable<void>;
  /** Whether the folders of the workspace are local nodes. */
  readonly workspaceFolders: boolean;
  /** Whether nodes are asked for an answer before a run. */
  readonly checkBeforeRun: boolean;
  /** Whether files of ours whose language is YAML are looked at, too. */
  readonly attachToYaml: boolean;
  /** Undefined: the engine's own. */
  readonly dataFolder: string | undefined;
  readonly knownHosts: string | undefined;
  /** Whether batches are started so that a bug can be found. */
  readonly debug: boolean;
  /** Whether what SSH connections say about themselves is written down. */
  readonly sshDebugLog: boolean;
};

/** The only place that reads the configuration. */
export function liveSettings(): Settings {
  return {
    get concurrency() {
      return whereSet('concurrency', { from: 1, to: mostAtOnce, otherwise: 10 });
    },
    get timeoutMs() {
      return msOf(whereSet('timeout', { from: 1, to: 604_800, otherwise: 300 }));
    },
    get connectTimeoutMs() {
      return msOf(whereSet('connectTimeout', { from: 1, to: 3600, otherwise: 30 }));
    },
    get warnAbove() {
      return number('warnAbove', { from: 0, to: 5000, otherwise: 10 });
    },
    get maxTargets() {
      return number('maxTargets', { from: 1, to: 5000, otherwise: 1000 });
    },
    get onWindowClose() {
      return read('onWindowClose') === 'cancel' ? 'cancel' : 'finish';
    },
    get inventoryPaths() {
      return texts('inventory.paths');
    },
    get inventorySources() {
      return texts('inventory.sources');
    },
    setInventorySources: (sources, target) => configuration().update('inventory.sources', sources, target),
    get workspaceFolders() {
      return read('inventory.workspaceFolders') !== false;
    },
    get checkBeforeRun() {
      return read('run.checkReachability') === 'warn';
    },
    get attachToYaml() {
      return read('languageServer.attachToYaml') === true;
    },
    get dataFolder() {
      return text('dataFolder');
    },
    get debug() {
      return read('debug') === true;
    },
    get sshDebugLog() {
      return read('ssh.debugLog') === true;
    },
    get knownHosts() {
      return text('knownHosts');
    },
  };
}

/** What files are, by pattern, as `muster.index.files` says: `inventory`, `playbook` … `none`. */
export function indexedFiles(): readonly (readonly [pattern: string, kind: string])[] {
  const value = read('index.files');
  const entries: readonly [string, unknown][] =
    typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.flatMap(([pattern, kind]) => {
    const known = indexedKinds.find((each) => each === kind);
    return known === undefined ? [] : [[pattern, known] as const];
  });
}

/** Tells when a setting has changed, by its name without the prefix. */
export function onSettingChange(name: string, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`muster.${name}`)) listener();
  });
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('muster');
}

function read(name: string): unknown {
  return configuration().get<unknown>(name);
}

type NumberRange = { readonly from: number; readonly to: number; readonly otherwise: number };

/** Undefined where nobody has set it: what a configuration file says counts then. */
function whereSet(name: string, range: NumberRange): number | undefined {
  const found = configuration().inspect(name);
  const set: unknown = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
  return set === undefined ? undefined : number(name, range);
}

function msOf(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : 1000 * seconds;
}

function number(name: string, { from, to, otherwise }: NumberRange): number {
  const value = read(name);
  const isWhole = typeof value === 'number' && Number.isInteger(value);
  return isWhole && value >= from && value <= to ? value : otherwise;
}

function texts(name: string): readonly string[] {
  const value = read(name);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string' && each !== '') : [];
}

function text(name: string): string | undefined {
  const value = read(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
