import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { ClientContext } from '../../../core/protocol/context.ts';
import type { PlanPreview } from '../../../core/protocol/start.ts';
import type { PlanRequest } from '../../../core/run/plan.ts';
import type { PolicyPaths } from '../../../engine/policy/policyPaths.ts';
import { createEngine } from '../../../engine/engine.ts';
import { tempFolder } from '../tempFolder.ts';

export const context: ClientContext = {
  trusted: true,
  localNodes: 'allowed',
  user: 'ada',
  canPrompt: false,
  onClose: 'finish',
};

export type World = {
  readonly folder: string;
  readonly paths: PolicyPaths;
  readonly client: EngineClient;
  connect(change: Partial<ClientContext>): EngineClient;
  request(change?: Partial<PlanRequest>): PlanRequest;
  plan(change?: Partial<PlanRequest>): Promise<PlanPreview>;
};

/** An engine with policy files of its own, and three local nodes of which `safe` is protected. */
export async function withWorld(test: (world: World) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const path = (...names: string[]): string => join(folder.path, ...names);
  for (const name of ['.muster', 'etc', 'user']) await mkdir(path(name));
  await writeFile(path('.muster', 'inventory.yaml'), inventory);
  const paths = { machine: path('etc', 'policy.yaml'), user: path('user', 'policy.yaml') };
  const created = await createEngine({ dataDir: path('data'), home: folder.path, policies: paths });
  assert.ok(created.ok);
  const client = created.value.connect(context);
  const request = (change: Partial<PlanRequest> = {}): PlanRequest => ({
    action: { type: 'command', command: 'true' },
    selection: 'a',
    sources: [{ type: 'muster', path: path('.muster', 'inventory.yaml') }],
    ...change,
  });
  try {
    await test({
      folder: folder.path,
      paths,
      client,
      connect: (change) => created.value.connect({ ...context, ...change }),
      request,
      async plan(change) {
        const preview = await client.plan(request(change));
        assert.ok(preview.ok, JSON.stringify(preview));
        return preview.value;
      },
    });
  } finally {
    await created.value.close();
  }
}

const inventory = `version: 1
nodes:
  a: { transport: local, cwd: . }
  b: { transport: local, cwd: . }
  safe: { transport: local, cwd: ., tags: [protected] }
`;
