import type { Connection } from 'vscode-languageserver';
import { workspaceTrusted } from '../core/protocol/languageServer.ts';
import { Emitter, type Event } from '../core/util/emitter.ts';
import { at } from '../core/yaml/data.ts';
import type { Hello } from './feature.ts';
import { type IndexRules, indexRules } from './index/fileKinds.ts';
import type { HintCategory } from './service/hints/inlayHints.ts';
import { type RuleLevels, ruleLevels } from './service/rules/levels.ts';

type Begun = {
  /** Whether a person trusts the workspace; a client that says nothing about it does. */
  readonly isTrusted: boolean;
  /** Whether what the client starts runs on the nodes of all inventories that it has open. */
  readonly isTogether: boolean;
};

type HintsWanted = Readonly<Record<HintCategory, boolean>>;

/** What the client's settings say, below `muster`. Each read gives what holds now. */
export type ServerSettings = {
  /** `muster.rules`. */
  readonly rules: RuleLevels;
  /** What the client has said of what it has open. */
  readonly begun: () => Begun;
  /** `muster.shellcheck.path`, which program may be started; undefined: none. */
  readonly shellcheck: string | undefined;
  /** `muster.index`: what files are. */
  readonly index: IndexRules;
  /** `muster.inlayHints`: which hints inside of lines are wanted; all unless it says. */
  readonly hints: HintsWanted;
  readonly onDidChange: Event<void>;
  /**
   * What the client said when it began: `isTrusted: false` in Restricted Mode, in which no program is started, and
   * `inventories: 'together'`.
   */
  begin(hello: Hello): void;
};

type SettingsDeps = {
  readonly connection: Connection;
  /** The client can be asked from now on. */
  readonly onReady: Event<void>;
  readonly report: (error: unknown) => void;
};

/**
 * Settings come with the message that they have changed, as VS Code and most other editors send it; a client that says
 * nothing with it, or at all, is asked.
 */
export function followSettings({ connection, onReady, report }: SettingsDeps): ServerSettings {
  const changed = new Emitter<void>(report);
  let said = readSettings(undefined);
  let begun = readHello(undefined);
  connection.onNotification(workspaceTrusted, () => {
    begun = { ...begun, isTrusted: true };
    changed.fire();
  });
  let canAsk = false;
  const take = (ours: unknown): void => {
    said = readSettings(ours);
    changed.fire();
  };
  const ask = (): void => void askFor(connection, take).catch(report);
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    const ours = at(settings, ['muster']);
    if (ours === undefined && canAsk) ask();
    else take(ours);
  });
  onReady(() => {
    if (canAsk) ask();
  });
  return {
    get rules() {
      return said.rules;
    },
    get index() {
      return said.index;
    },
    get hints() {
      return said.hints;
    },
    begun: () => begun,
    get shellcheck() {
      return begun.isTrusted && said.shellcheck !== '' ? said.shellcheck : undefined;
    },
    onDidChange: changed.event,
    begin({ capabilities, initializationOptions: options }) {
      canAsk = capabilities.workspace?.configuration === true;
      begun = readHello(options);
    },
  };
}

function readHello(options: unknown): Begun {
  return {
    isTrusted: at(options, ['isTrusted']) !== false,
    isTogether: at(options, ['inventories']) === 'together',
  };
}

async function askFor(connection: Connection, take: (ours: unknown) => void): Promise<void> {
  const ours: unknown = await connection.workspace.getConfiguration('muster');
  if (typeof ours === 'object' && ours !== null) take(ours);
}

function readSettings(ours: unknown): {
  readonly rules: RuleLevels;
  readonly index: IndexRules;
  readonly hints: HintsWanted;
  readonly shellcheck: string;
} {
  const hints = at(ours, ['inlayHints']);
  const path = at(ours, ['shellcheck', 'path']);
  return {
    rules: ruleLevels(at(ours, ['rules'])),
    index: indexRules(at(ours, ['index'])),
    hints: { nodes: at(hints, ['nodes']) !== false, inherited: at(hints, ['inherited']) !== false },
    shellcheck: typeof path === 'string' ? path.trim() : 'shellcheck',
  };
}
