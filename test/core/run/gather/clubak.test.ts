import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expandNames } from '../../../../core/selection/nodeset.ts';
import { gatheringOf } from './answers.ts';

/** Which nodes `clubak -b` (ClusterShell's own gathering) or `dshbak -c` puts together. */
function groupsOf(program: string, args: readonly string[], outputs: readonly string[]): readonly string[] {
  const input = outputs.flatMap((text, at) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => `n${at + 1}: ${line}\n`),
  );
  const { stdout } = spawnSync(program, args, { input: input.join(''), encoding: 'utf8' });
  const rules = stdout.split('\n').flatMap((line, at) => (/^-+$/.test(line) ? [at] : []));
  const lines = stdout.split('\n');
  // Each group has a rule above its names and one below.
  return rules.filter((_, at) => at % 2 === 0).map((at) => lines[at + 1] ?? '');
}

function ownGroups(outputs: readonly string[]): readonly string[] {
  const all = outputs.map((stdout) => ({ stdout }));
  const { clusters } = gatheringOf(all).gathered(all.length);
  return clusters
    .filter(({ total }) => total > 0)
    .map(({ executions }) => executions.map((id) => id.replace('e', 'n')).join(','));
}

/** `n[1-2] (2)` and `n[1-2]` are one. */
function sorted(groups: readonly string[]): readonly string[] {
  return groups
    .map((group) => [...expandNames(group.replace(/ \(\d+\)$/, ''), 1000).names].toSorted().join(','))
    .toSorted();
}

const recorded = Array.from({ length: 40 }, (_, at) => {
  const kernel = at % 7 === 3 ? '6.1.0-26-amd64' : '6.1.0-28-amd64';
  const state = at % 11 === 5 ? 'failed' : 'active';
  return `${kernel}\n${at === 20 ? '' : 'nginx version: nginx/1.26.2\n'}  ${state}\n\n`;
});

const programs: readonly (readonly [string, readonly string[]])[] = [
  ['clubak', ['-b']],
  ['dshbak', ['-c']],
];

for (const [program, args] of programs) {
  describe(`answers gathered without masks, beside ${program}`, () => {
    before(function () {
      if (spawnSync(program, ['-h']).error) {
        console.log(`      skipped: ${program} is not installed`);
        this.skip();
      }
    });

    it('groups recorded outputs alike', () => {
      assert.deepEqual(sorted(ownGroups(recorded)), sorted(groupsOf(program, args, recorded)));
    });

    it('groups random outputs alike', () => {
      const line = fc.constantFrom('a', 'b', ' a', 'a ', 'error: x', '0', 'é');
      const output = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => `${lines.join('\n')}\n`);
      fc.assert(
        fc.property(fc.array(output, { minLength: 1, maxLength: 9 }), (outputs) => {
          assert.deepEqual(sorted(ownGroups(outputs)), sorted(groupsOf(program, args, outputs)));
        }),
        { numRuns: 20 },
      );
    });
  });
}
