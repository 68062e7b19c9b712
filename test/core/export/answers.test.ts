import assert from 'node:assert/strict';
import { sameAnswers } from '../../../core/export/answers.ts';
import { createExcerpt } from '../../../core/export/excerpt.ts';
import { binsOf } from '../../../core/export/html/bins.ts';
import { writeHtml } from '../../../core/export/html/writeHtml.ts';
import { writeMarkdown } from '../../../core/export/markdown.ts';
import { err, inputOf, out, type Said, textOf } from './input.ts';

describe('answers of a report', () => {
  it('are together only when every byte, its stream and the end are the same', async () => {
    const failed = {
      outcome: { status: 'failed', step: 'command', message: 'exit 1', exitCode: 1 },
      exit: 1,
    } as const;
    const answers = await sameAnswers(
      inputOf([
        { node: 'a', pieces: [out('x\n')] },
        { node: 'b', pieces: [out('x'), out('\n')] },
        { node: 'c', pieces: [err('x\n')] },
        { node: 'd', pieces: [out('x\n')], ...failed },
        { node: 'e', pieces: [{ stream: 'stdout', bytes: Uint8Array.of(255) }] },
        { node: 'f', pieces: [{ stream: 'stdout', bytes: Uint8Array.of(254) }] },
        { node: 'g', outcome: { status: 'not-started', reason: 'stopped' } },
      ]),
    );
    assert.deepEqual(
      answers.map(({ executions }) => executions.map(({ node }) => node).join('')),
      ['ab', 'c', 'd', 'e', 'f'],
    );
  });
});

describe('answers of a report, masked', () => {
  it('are together when only names, times and ids differ, which is said', async () => {
    const said = (node: string, pid: number, text = 'ok'): Said => ({
      node,
      pieces: [out(`${node} 2026-11-21 14:0${pid % 10}:00 pid ${pid} ${text}\n`)],
    });
    const input = inputOf([said('web1', 11), said('web2', 22), said('web3', 33, 'bad'), { node: 'web4' }]);
    const answers = await sameAnswers({ ...input, masks: [] });
    assert.deepEqual(
      answers.map(({ executions, isExact }) => [executions.map(({ node }) => node), isExact]),
      [
        [['web1', 'web2'], false],
        [['web3'], true],
        [['web4'], true],
      ],
    );
    for (const write of [writeHtml, writeMarkdown]) {
      const text = await textOf(write({ ...input, masks: [] }));
      assert.match(
        text,
        /As web1 said it\. The others differ in names, addresses, times, pids and ids only\./,
      );
      assert.match(text, /web1 2026-11-21 14:01:00 pid 11 ok/);
      assert.doesNotMatch(text, /web2 2026/);
    }
  });
});

describe('an excerpt', () => {
  it('is everything where that is short', () => {
    const excerpt = createExcerpt(100);
    for (const text of ['one ', 'two ', 'three']) excerpt.add({ stream: 'stdout', text });
    assert.deepEqual(excerpt.end(), {
      head: [{ stream: 'stdout', text: 'one two three' }],
      tail: [],
      leftOut: 0,
    });
  });

  it('has the beginning and the end, and counts what is between, in whatever pieces it came', () => {
    const whole = Array.from({ length: 5000 }, (_, at) => `${at};`).join('');
    for (const size of [1, 7, 100, 3000, whole.length]) {
      const excerpt = createExcerpt(1000);
      for (let at = 0; at < whole.length; at += size) {
        excerpt.add({ stream: 'stdout', text: whole.slice(at, at + size) });
      }
      assert.deepEqual(excerpt.end(), {
        head: [{ stream: 'stdout', text: whole.slice(0, 500) }],
        tail: [{ stream: 'stdout', text: whole.slice(-500) }],
        leftOut: whole.length - 1000,
      });
    }
  });
});

describe('the bins of durations', () => {
  const cases: Readonly<Record<string, readonly number[]>> = {
    'of one': [400],
    'close together': [400, 410, 420],
    'far apart': [1, 90, 61_000],
    'without any time': [0, 0],
    many: Array.from({ length: 500 }, (_, at) => at * at),
  };
  for (const [name, durations] of Object.entries(cases)) {
    it(`have each duration once, ${name}`, () => {
      const bins = binsOf(durations);
      assert.ok(bins.length >= 1 && bins.length <= 13, String(bins.length));
      for (const duration of durations) {
        assert.equal(
          bins.filter(({ from, to }) => duration >= from && duration < to).length,
          1,
          String(duration),
        );
      }
    });
  }
});
