import type { Connection } from 'vscode-languageserver';
import { workspaceTrusted } from '../core/protocol/languageServer.ts';
import { Emitter, type Event } from '../core/util/emitter.ts';
import { type RuleLevels, ruleLevels } from './service/rules/levels.ts';

/** What the client's settings say, below `muster`. Each read gives what holds now. */
export type ServerSettings = {
  /** `muster.rules`. */
  readonly rules: RuleLevels;
  /** `muster.shellcheck.path`, which program may be started; undefined: none. */
  readonly shellcheck: string | undefined;
  readonly onDidChange: Event<void>;
  /** What the client said when it began: `isTrusted: false` in Restricted Mode, in which no program is started. */
  begin(options: unknown): void;
};

/** Settings come with the message that they have changed, as VS Code and most other editors send it. */
export function followSettings(connection: Connection, report: (error: unknown) => void): ServerSettings {
  const changed = new Emitter<void>(report);
  let rules: RuleLevels = new Map();
  let shellcheck = 'shellcheck';
  let isTrusted = true;
  connection.onNotification(workspaceTrusted, () => {
    isTrusted = true;
    changed.fire();
  });
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    const ours = below(settings, 'muster');
    rules = ruleLevels(below(ours, 'rules'));
    const path = below(below(ours, 'shellcheck'), 'path');
    shellcheck = typeof path === 'string' ? path.trim() : 'shellcheck';
    changed.fire();
  });
  return {
    get rules() {
      return rules;
    },
    get shellcheck() {
      return isTrusted && shellcheck !== '' ? shellcheck : undefined;
    },
    onDidChange: changed.event,
    begin(options) {
      isTrusted = below(options, 'isTrusted') !== false;
    },
  };
}

function below(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
