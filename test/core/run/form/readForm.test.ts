import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Action } from '../../../../core/run/action.ts';
import { emptyForm } from '../../../../core/run/form/emptyForm.ts';
import { formKinds, RunForm, type SomeOfForm } from '../../../../core/run/form/form.ts';
import { readForm } from '../../../../core/run/form/readForm.ts';
import { LimitsRequest, StrategyRequest } from '../../../../core/run/strategy.ts';

const least = { ...emptyForm, selection: '@web', command: 'uptime' };

const read: readonly (readonly [SomeOfForm, object])[] = [
  [{}, { strategy: {}, limits: {} }],
  [{ mode: 'sequential', concurrency: '4' }, { strategy: { mode: 'sequential' } }],
  [{ mode: 'parallel', concurrency: '4' }, { strategy: { mode: 'parallel', concurrency: 4 } }],
  [
    { mode: 'rolling', waves: '1, 10%', between: 'pause', pause: '30s', probe: 'true' },
    {
      strategy: {
        mode: 'rolling',
        waves: [1, '10%'],
        barrier: { type: 'pause', ms: 30_000 },
        probe: { type: 'command', command: 'true' },
      },
    },
  ],
  [
    { mode: 'rolling', waves: '5', between: 'ask' },
    { strategy: { mode: 'rolling', waves: [5], barrier: { type: 'ask' } } },
  ],
  [{ mode: 'rolling' }, { strategy: { mode: 'rolling' } }],
  [
    { timeout: '1h30m', connectTimeout: '5s', retries: '2' },
    { limits: { timeoutMs: 5_400_000, connectTimeoutMs: 5000, retries: { count: 2 } } },
  ],
  [
    { rate: '30/m', maxFailures: '5%', stopOnFailure: true },
    { strategy: { stopOnFailure: true, maxFailures: '5%', rate: { perSecond: 0.5, burst: 1 } } },
  ],
  [{ order: 'shuffle' }, { pick: { order: 'shuffle' } }],
  [
    { runAs: 'root', runAsBy: 'su', cwd: '/srv', env: 'A=1\n\nB=x=y', tty: true },
    {
      action: {
        type: 'command',
        command: 'uptime',
        env: { A: '1', B: 'x=y' },
        cwd: '/srv',
        runAs: { user: 'root', method: 'su' },
        tty: true,
      },
    },
  ],
  [
    { follow: true, timeout: '5s', retries: '2', mode: 'sequential' },
    { strategy: {}, limits: {} },
  ],
  [
    { kind: 'script', script: '/srv/a.sh', args: `-v "two words"`, interpreter: 'bash -e', cwd: '/tmp' },
    {
      action: {
        type: 'script',
        file: '/srv/a.sh',
        args: ['-v', 'two words'],
        interpreter: 'bash -e',
        cwd: '/tmp',
      },
    },
  ],
  [
    { kind: 'copy', copyFrom: '/a\n/b\n', copyTo: '/etc/app/', fileMode: '0644', backup: true, runAs: 'x' },
    {
      action: {
        type: 'copy',
        from: ['/a', '/b'],
        to: '/etc/app/',
        mode: '0644',
        backup: true,
        runAs: { user: 'x', method: 'sudo' },
      },
    },
  ],
  [
    {
      kind: 'fetch',
      fetchFrom: '/var/log/syslog',
      fetchTo: '/tmp/logs',
      overwrite: true,
      runAs: 'x',
      runAsBy: 'su',
    },
    {
      action: {
        type: 'fetch',
        from: ['/var/log/syslog'],
        to: '/tmp/logs',
        overwrite: true,
        runAs: { user: 'x', method: 'su' },
      },
    },
  ],
  [
    {
      kind: 'playbook',
      file: '/w/a.playbook.yaml',
      stepTags: 'a, b',
      startAt: 'install',
      retries: '2',
      dryRun: true,
    },
    {
      action: {
        type: 'playbook',
        file: '/w/a.playbook.yaml',
        params: {},
        withheld: [],
        tags: ['a', 'b'],
        startAt: 'install',
        dryRun: true,
      },
      limits: {},
    },
  ],
];

const wrong: readonly (readonly [SomeOfForm, string, RegExp])[] = [
  [{ command: ' \n' }, 'command', /What is to be run/],
  [{ command: 'a\0b' }, 'command', /NUL/],
  [{ concurrency: '0' }, 'concurrency', /Between 1 and 256/],
  [{ concurrency: 'many' }, 'concurrency', /Between 1 and 256/],
  [{ retries: '12' }, 'retries', /Between 0 and 10/],
  [{ timeout: 'soon' }, 'timeout', /30s, 10m/],
  [{ timeout: '0s' }, 'timeout', /30s, 10m/],
  [{ rate: 'fast' }, 'rate', /\d/],
  [{ maxFailures: 'few' }, 'maxFailures', /5%/],
  [{ env: 'A' }, 'env', /Write A=value/],
  [{ env: '1A=x' }, 'env', /no name of a variable/],
  [{ stdin: '/gone' }, 'stdin', /Which file/],
  [{ runAs: '-root' }, 'runAs', /./],
  [{ cwd: 'a\0b' }, 'cwd', /NUL/],
  [{ kind: 'script' }, 'script', /Which script/],
  [{ kind: 'script', script: 'a.sh' }, 'script', /not absolute/],
  [{ kind: 'script', script: '/a.sh', args: '\0' }, 'args', /NUL/],
  [{ kind: 'copy', copyTo: '/etc/' }, 'copyFrom', /What is to be copied/],
  [{ kind: 'copy', copyFrom: 'a', copyTo: '/etc/' }, 'copyFrom', /not absolute/],
  [{ kind: 'copy', copyFrom: '/a', copyTo: '/etc/', fileMode: 'rw' }, 'fileMode', /chmod/],
  [{ kind: 'copy', copyFrom: '/a', copyTo: '/etc/', owner: '-x' }, 'owner', /user:group/],
  [{ kind: 'copy', copyFrom: '/a' }, 'copyTo', /Where to/],
  [{ kind: 'fetch', fetchFrom: '/a' }, 'fetchTo', /Which folder/],
  [{ kind: 'task' }, 'file', /Which task/],
  [{ mode: 'rolling', waves: '0' }, 'waves', /Sizes/],
  [{ mode: 'rolling', waves: '1', between: 'pause' }, 'pause', /How long/],
];

describe('a form that is filled in', () => {
  for (const [change, want] of read) {
    it(`reads ${JSON.stringify(change)}`, () => {
      const { request, problems } = readForm({ ...least, ...change });
      assert.deepEqual(problems, []);
      assert.partialDeepStrictEqual(request, want);
      for (const [key, value] of Object.entries(want)) assert.deepEqual(Object(request)[key], value);
    });
  }

  it('takes the bytes of a file for stdin, and says why where it can not be read', () => {
    const form = { ...least, stdin: '/data' };
    const nothing = { wanted: undefined, secrets: {} };
    const stdin = { bytes: 4, sha256: 'a'.repeat(64) };
    const { request } = readForm(form, { ...nothing, stdin: { ok: true, stdin } });
    assert.deepEqual(request?.action, { type: 'command', command: 'uptime', stdin });
    const refused = { ok: false as const, message: '/data can not be used: it is a folder.' };
    assert.deepEqual(readForm(form, { ...nothing, stdin: refused }).problems, [
      { field: 'stdin', message: refused.message },
    ]);
    const both = readForm({ ...form, tty: true }, { ...nothing, stdin: { ok: true, stdin } });
    assert.deepEqual(
      both.problems.map(({ field }) => field),
      ['stdin'],
    );
  });

  for (const [change, field, message] of wrong) {
    it(`says of ${JSON.stringify(change)} what is wrong with ${field}`, () => {
      const { request, problems } = readForm({ ...least, ...change });
      assert.equal(request, undefined);
      assert.deepEqual(
        problems.map((problem) => problem.field),
        [field],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  it('gives, whatever is written, problems or a request that the schemas take', () => {
    const text = fc.oneof(fc.constantFrom('', '1', '5%', '30s', '2/s', 'x', '1,10%', 'A=1'), fc.string());
    const fields = Object.fromEntries(
      Object.entries(emptyForm).map(([field, value]) => {
        const isChoice = ['runAsBy', 'mode', 'between', 'order', 'params'].includes(field);
        if (typeof value === 'boolean') return [field, fc.boolean()];
        if (field === 'kind') return [field, fc.constantFrom(...formKinds)];
        return [field, isChoice ? fc.constant(value) : text];
      }),
    );
    fc.assert(
      fc.property(fc.record(fields), (given) => {
        const { request, problems } = readForm(RunForm.parse(given));
        if (!request) return assert.ok(problems.length > 0);
        Action.parse(request.action);
        StrategyRequest.parse(request.strategy);
        LimitsRequest.parse(request.limits);
      }),
    );
  });
});
