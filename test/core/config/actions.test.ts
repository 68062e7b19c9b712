import assert from 'node:assert/strict';
import {
  builtInConfig,
  type Config,
  type ConfigLevel,
  layerConfig,
  readConfig,
} from '../../../core/config/config.ts';
import { resolveStrategy } from '../../../core/run/resolveStrategy.ts';
import type { PlanRequest } from '../../../core/run/plan.ts';

function configOf(...files: readonly (readonly [ConfigLevel, string])[]): Config {
  return files.reduce((below, [level, text]) => {
    const { part, problems } = readConfig(text, { file: `${level}.yaml`, level });
    assert.deepEqual(problems, []);
    return layerConfig(below, part);
  }, builtInConfig);
}

const copy: PlanRequest['action'] = { type: 'copy', from: ['/a'], to: '/b' };
const command: PlanRequest['action'] = { type: 'command', command: 'uptime' };

function how(action: PlanRequest['action'], config: Config, asked: Partial<PlanRequest> = {}): object {
  const found = resolveStrategy({ action, selection: 'all', sources: [], ...asked }, config);
  assert.ok(found.ok);
  const { strategy, limits } = found.value;
  return { at: strategy.concurrency, timeoutMs: limits.timeoutMs, retries: limits.retries?.count ?? 0 };
}

describe('how a kind of action runs', () => {
  const user = [
    'user',
    'defaults: { concurrency: 20, timeout: 1m }\nactions: { copy: { concurrency: 4, retries: { count: 2 } } }\n',
  ] as const;
  const workspace = [
    'workspace',
    'defaults: { concurrency: 30 }\nactions: { copy: { timeout: 5m } }\n',
  ] as const;

  it('is what its files say of it, else what they say of all, the workspace over the user', () => {
    const config = configOf(user, workspace);
    assert.deepEqual(how(copy, config), { at: 4, timeoutMs: 300_000, retries: 2 });
    assert.deepEqual(how(command, config), { at: 30, timeoutMs: 60_000, retries: 0 });
  });

  it('is what a person asks for before all that', () => {
    const asked = { strategy: { concurrency: 7 }, limits: { timeoutMs: 9, retries: { count: 0 } } };
    assert.deepEqual(how(copy, configOf(user, workspace), asked), { at: 7, timeoutMs: 9, retries: 0 });
  });
});
