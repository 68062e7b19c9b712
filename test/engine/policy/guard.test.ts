import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { denialsIn } from '../../../engine/policy/guard.ts';
import { createResolver } from '../../../engine/policy/resolveHosts.ts';
import { withWorld } from './world.ts';

describe('R-R3: an approval', () => {
  it('is for the plan that was shown: another command, other nodes or other settings are refused', () =>
    withWorld(async ({ client, plan, request }) => {
      const shown = (await plan({ selection: 'safe' })).plan;
      const others = [
        { action: { type: 'command' as const, command: 'reboot' } },
        { selection: 'safe,a' },
        { limits: { timeoutMs: 1 } },
      ];
      for (const other of others) {
        const changed = { ...shown, request: request({ selection: 'safe', ...other }) };
        const started = await client.start({ plan: changed, confirmed: true, typed: '1' });
        assert.ok(!started.ok && started.error.code === 'PLAN_STALE', JSON.stringify(other));
      }
    }));

  it('does not outlive a change of the inventory that adds nodes or tags', () =>
    withWorld(async ({ client, plan, folder }) => {
      const file = join(folder, '.muster', 'inventory.yaml');
      const shown = (await plan({ selection: 'a' })).plan;
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        text.replace('a: { transport: local', 'a: { tags: [protected], transport: local'),
      );
      const started = await client.start({ plan: shown, confirmed: true });
      assert.ok(!started.ok && started.error.code === 'PLAN_STALE');
    }));

  it('does not outlive a rule that came after it was given', () =>
    withWorld(async ({ client, plan, paths }) => {
      const { plan: shown, decision } = await plan();
      assert.equal(decision.verdict, 'allow');
      await writeFile(paths.user, 'rules: [{ decision: typed-confirm }]\n');
      const started = await client.start({ plan: shown, confirmed: true });
      assert.ok(!started.ok && started.error.code === 'DENIED');
    }));

  it('starts what was shown', () =>
    withWorld(async ({ client, plan }) => {
      const preview = await plan({ selection: 'safe' });
      assert.equal(preview.decision.expected, '1');
      const started = await client.start({ plan: preview.plan, typed: '1' });
      assert.ok(started.ok, JSON.stringify(started));
    }));
});

describe('R-R8: a run on many nodes', () => {
  it('needs a yes above one limit and their number above another', () =>
    withWorld(async ({ client, plan, paths }) => {
      await writeFile(paths.user, 'confirmAbove: 1\ntypedAbove: 2\n');
      const two = (await plan({ selection: 'a,b' })).plan;
      assert.equal((await client.start({ plan: two })).ok, false);
      assert.equal((await client.start({ plan: two, confirmed: true })).ok, true);
      const three = (await plan({ selection: '*' })).plan;
      assert.equal((await client.start({ plan: three, confirmed: true })).ok, false);
      assert.equal((await client.start({ plan: three, typed: '2' })).ok, false);
      assert.equal((await client.start({ plan: three, typed: '3' })).ok, true);
    }));

  it('says how many and which before anything starts', () =>
    withWorld(async ({ plan, paths }) => {
      await writeFile(paths.user, "rules: [{ decision: confirm, command: '\\brm -rf\\b' }]\n");
      const action = { type: 'command' as const, command: 'rm -rf /tmp/x' };
      const { warnings, plan: shown } = await plan({ selection: 'a,b', action });
      assert.match(warnings[0] ?? '', /A yes is asked for by a rule .*policy\.yaml:1\), for a b\./);
      assert.equal(shown.targets.length, 2);
    }));
});

describe('denied attempts', () => {
  it('are written down for their user alone, with who, what, where and why', () =>
    withWorld(async ({ connect, plan, folder, paths }) => {
      await writeFile(paths.user, 'rules: [{ name: no agents, decision: deny, subject: ai }]\n');
      const { plan: shown } = await plan();
      const agent = connect({ as: 'ai' });
      assert.equal((await agent.start({ plan: shown, confirmed: true })).ok, false);
      assert.equal((await agent.reach({ sources: shown.request.sources, nodes: ['a'] })).ok, true);
      const [denial, ...more] = await denialsIn(join(folder, 'data')).all();
      assert.deepEqual(more, []);
      const { at, reasons, ...rest } = denial ?? { at: 0, reasons: [] };
      assert.ok(at > 0);
      assert.match(reasons[0] ?? '', /Denied by the rule "no agents"/);
      assert.deepEqual(rest, {
        user: 'ada',
        as: 'ai',
        capability: 'run',
        what: 'true',
        nodes: 'a',
        count: 1,
        verdict: 'deny',
      });
      assert.equal((await stat(join(folder, 'data', 'denied.jsonl'))).mode & 0o777, 0o600);
    }));
});

describe('a freeze', () => {
  it('denies runs, terminals, questions to nodes and approvals, until it is ended by a person', () =>
    withWorld(async ({ client, connect, plan, request }) => {
      const { plan: shown } = await plan();
      const { sources } = request();
      assert.ok((await client.freeze({ freeze: { reason: 'closing' } })).ok);
      const refused = [
        await client.start({ plan: shown, confirmed: true, typed: '1' }),
        await client.reach({ sources, nodes: ['a'] }),
        await client.permit({ capability: 'terminal', sources, nodes: ['a'] }),
        await client.approve({ sources, ids: [] }),
      ];
      for (const each of refused)
        assert.ok(!each.ok && each.error.message.startsWith('Frozen by ada: closing.'));
      assert.deepEqual((await client.policy({ sources })).frozen, { reason: 'closing', by: 'ada' });
      assert.equal((await connect({ as: 'ai' }).freeze({})).ok, false);
      assert.ok((await client.freeze({})).ok);
      assert.ok((await client.start({ plan: shown })).ok);
    }));

  it('that can not be read is one', () =>
    withWorld(async ({ client, plan, folder }) => {
      const { plan: shown } = await plan();
      await writeFile(join(folder, 'data', 'freeze.json'), '{"version":1,');
      const started = await client.start({ plan: shown });
      assert.ok(!started.ok && /freeze\.json .*muster unfreeze/.test(started.error.message));
      assert.ok((await client.freeze({})).ok);
      assert.ok((await client.start({ plan: shown })).ok);
    }));
});

describe('looking names up', () => {
  it('keeps an answer for a minute, and does without those that do not come', async () => {
    let at = 0;
    const asked: string[] = [];
    const resolve = async (host: string): Promise<readonly string[]> => {
      asked.push(host);
      if (host === 'gone') throw new Error('ENOTFOUND');
      return ['::ffff:10.0.0.5'];
    };
    const resolveHosts = createResolver({ now: () => at, resolve });
    assert.deepEqual([...(await resolveHosts(['db01', 'gone']))], [['db01', ['10.0.0.5']]]);
    await resolveHosts(['db01', 'gone']);
    at = 60_000;
    await resolveHosts(['db01']);
    assert.deepEqual(asked, ['db01', 'gone', 'db01']);
  });
});
