import type { Connection } from 'vscode-languageserver';
import { Emitter, type Event } from '../core/util/emitter.ts';
import { type RuleLevels, ruleLevels } from './service/rules/levels.ts';

/** What the client's settings say, below `muster`. Each read gives what holds now. */
export type ServerSettings = {
  /** `muster.rules`. */
  readonly rules: RuleLevels;
  /** `muster.shellcheck.path`: the program; empty to do without. */
  readonly shellcheck: string;
  readonly onDidChange: Event<void>;
};

/** Settings come with the message that they have changed, as VS Code and most other editors send it. */
export function followSettings(connection: Connection, report: (error: unknown) => void): ServerSettings {
  const changed = new Emitter<void>(report);
  let rules: RuleLevels = new Map();
  let shellcheck = 'shellcheck';
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
      return shellcheck;
    },
    onDidChange: changed.event,
  };
}

function below(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
