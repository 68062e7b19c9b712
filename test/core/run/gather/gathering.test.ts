import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAnswerReader } from '../../../../core/run/gather/answer.ts';
import { createMask, noMask } from '../../../../core/run/gather/masks.ts';
import type { ShownLine } from '../../../../core/run/gather/difference.ts';
import type { Outcome } from '../../../../core/run/outcome.ts';
import { answerOf, gatheringOf, type Said, sha256 } from './answers.ts';

const says = (stdout: string, exit = 0): Said => ({ stdout, exit });

function summary(all: readonly Said[], total = all.length): readonly string[] {
  const { clusters } = gatheringOf(all).gathered(total);
  return clusters.map(({ kind, end, executions }) => `${kind} ${end} ${executions.join(',')}`);
}

describe('answers gathered', () => {
  it('puts equal answers together, the largest first', () => {
    const all = [says('b\n'), says('a\n'), says('a\n'), says('a\n', 3)];
    assert.deepEqual(summary(all), ['same exit 0 e2,e3', 'different exit 0 e1', 'different exit 3 e4']);
  });

  it('calls similar what has as many lines, half of them equal, and differs in some tokens', () => {
    const all = [
      says('6.1.0-28-amd64\nnginx/1.26.2\nactive\n'),
      says('6.1.0-28-amd64\nnginx/1.26.2\nactive\n'),
      says('6.1.0-26-amd64\nnginx/1.26.2\nactive\n'),
      says('6.1.0-28-amd64\nnginx/1.26.2\nfailed\n'),
      says('6.1.0-28-amd64\nnginx/1.26.2\n'),
    ];
    assert.deepEqual(summary(all), [
      'same exit 0 e1,e2',
      'similar exit 0 e3',
      'different exit 0 e4',
      'different exit 0 e5',
    ]);
    const similar = gatheringOf(all).gathered(5).clusters[1];
    assert.deepEqual(similar?.lines, [
      {
        number: 1,
        stream: 'stdout',
        parts: [
          { text: '6.1.0-', differs: false },
          { text: '26', differs: true },
          { text: '-amd64', differs: false },
        ],
        majority: '28',
      },
    ]);
    assert.equal(similar?.equal, 2);
  });

  it('says which lines of the largest answer another one lacks', () => {
    const all = [says('a\nb\nc\n'), says('a\nb\nc\n'), says('a\nc\n')];
    const other = gatheringOf(all).gathered(3).clusters[1];
    const line = { number: 0, stream: 'stdout', parts: [] } as const;
    assert.deepEqual(other?.lines, [{ ...line, missing: [2, 2], majority: 'b' }]);
  });

  it('has missing lines where they would stand, several as one', () => {
    const largest = 'a\nb\nc\nd\ne\nf\n';
    const all = [says(largest), says(largest), says('a\nd\ne!\n'), says('d\ne\nf\n')];
    const [, second, third] = gatheringOf(all).gathered(4).clusters;
    const places = (lines: readonly ShownLine[] = []): readonly string[] =>
      lines.map(({ number, missing }) => missing?.join('–') ?? String(number));
    assert.deepEqual(places(second?.lines), ['2–3', '3', '6–6']);
    assert.equal(second?.lines[0]?.majority, 'b');
    assert.deepEqual(places(third?.lines), ['1–3']);
    const [, few] = gatheringOf(all).gathered(4, 1).clusters;
    assert.deepEqual([places(few?.lines), few?.more], [['2–3'], 2]);
  });

  it('calls silent what said nothing, unless saying nothing and ending well is the largest answer', () => {
    assert.deepEqual(summary([says('a\n'), says('a\n'), says(''), { exit: null }]), [
      'same exit 0 e1,e2',
      'silent exit 0 e3',
      'silent no answer e4',
    ]);
    assert.deepEqual(summary([says(''), says(''), says('a\n'), { exit: null }]), [
      'same exit 0 e1,e2',
      'different exit 0 e3',
      'silent no answer e4',
    ]);
    assert.deepEqual(summary([{ exit: null }, { exit: null }]), ['silent no answer e1,e2']);
  });

  it('takes what has no exit code, as steps and files, by how it ended', () => {
    const reader = (outcome: Outcome) => createAnswerReader(noMask, sha256).end({ outcome, exitCode: null });
    assert.equal(reader({ status: 'ok' }).end, 'ok');
    assert.equal(reader({ status: 'failed', step: 'install', message: 'no' }).end, 'failed');
    assert.equal(reader({ status: 'unreachable', kind: 'dns', message: 'no' }).end, 'no answer');
  });

  it('tells stdout from stderr, and a last line with or without its end are one', () => {
    assert.deepEqual(summary([says('a'), says('a\n'), { stderr: 'a\n' }]), [
      'same exit 0 e1,e2',
      'different exit 0 e3',
    ]);
  });

  it('adds up, also when more clusters are there than are shown', () => {
    const all = Array.from({ length: 200 }, (_, at) => says(`answer ${at}\n`));
    const { counts, clusters, rest, toAnswer } = gatheringOf(all).gathered(230);
    assert.equal(counts.same + counts.similar + counts.different + counts.silent + toAnswer, 230);
    const shown = clusters.reduce((sum, { executions }) => sum + executions.length, 0);
    assert.deepEqual([clusters.length, rest, shown + rest.nodes], [50, { clusters: 150, nodes: 150 }, 200]);
  });

  it('gives the same result in whatever order answers come, and in whatever pieces', () => {
    const words = fc.constantFrom('a', 'b', 'web1', '10:00', '\n', ' ', 'pid 7', '\n\n');
    const said = fc.record({
      stdout: fc.array(words, { maxLength: 8 }).map((parts) => parts.join('')),
      stderr: fc.array(words, { maxLength: 3 }).map((parts) => parts.join('')),
      exit: fc.constantFrom(0, 0, 3),
    });
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (all, seed, size) => {
        const order = all
          .map((_, at) => at)
          .toSorted((a, b) => ((a * 7 + seed) % 13) - ((b * 7 + seed) % 13));
        assert.deepEqual(gatheringOf(all, order).gathered(all.length), gatheringOf(all).gathered(all.length));
        const mask = createMask({ names: ['web1'], addresses: [] });
        const pieces = (text: string): string[] =>
          text.match(new RegExp(`[^]{1,${(size % 5) + 1}}`, 'g')) ?? [];
        for (const each of all) assert.deepEqual(answerOf(each, mask, pieces), answerOf(each, mask));
      }),
    );
  });

  it('keeps a part of a long answer, and tells long answers apart by all of it', () => {
    const long = 'line\n'.repeat(5000);
    assert.deepEqual(summary([says(`${long}a\n`), says(`${long}a\n`), says(`${long}b\n`)]), [
      'same exit 0 e1,e2',
      'different exit 0 e3',
    ]);
    assert.equal(answerOf(says(long)).lines.length, 400);
    assert.equal(answerOf(says('x'.repeat(200_000))).total, 4);
  });
});
