import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textOfValue, valueOfText } from '../../../../core/playbook/paramText.ts';
import { checkParam } from '../../../../core/playbook/params.ts';
import { readParams, type Wanted } from '../../../../core/run/form/readParams.ts';
import { Param } from '../../../../core/schema/param.ts';
import type { Value } from '../../../../core/schema/value.ts';

const wanted: Wanted = {
  params: [
    { name: 'version', ...Param.parse({ type: 'string', required: true, pattern: '^\\d+$' }) },
    { name: 'count', ...Param.parse({ type: 'integer', min: 1, max: 9 }) },
    { name: 'mode', ...Param.parse({ type: 'enum', values: ['blue', 5] }) },
    { name: 'hosts', ...Param.parse({ type: 'array' }) },
    { name: 'wait', ...Param.parse({ type: 'duration', default: '30s', required: true }) },
    { name: 'token', ...Param.parse({ sensitive: true, required: true }) },
  ],
  secrets: [{ name: 'vault', label: 'Password of the vault' }],
};
const right = { params: { version: '12' }, secrets: { token: 'x', vault: 'y' } };

const wrong: readonly (readonly [given: Record<string, Value>, param: string, message: RegExp])[] = [
  [{ version: 'v1' }, 'version', /has to match/],
  [{ count: 'many' }, 'count', /whole number/],
  [{ count: 10 }, 'count', /at most 9/],
  [{ mode: 'red' }, 'mode', /one of "blue", 5/],
  [{ hosts: 'a, b' }, 'hosts', /written as JSON: \["a", "b"\]/],
  [{ hosts: '{}' }, 'hosts', /a list, and this is a map/],
  [{ wait: 'soon' }, 'wait', /30s/],
  [{ wiat: '30s' }, 'wiat', /Did you mean "wait"/],
  [{ colour: 'red' }, 'colour', /There are: version, count/],
  [{ token: 'shown' }, 'token', /a field of its own/],
];

describe('parameters of a form', () => {
  it('are sorted into what is written down and what travels beside the plan', () => {
    const given = { params: { version: '12', count: 3 }, secrets: { ...right.secrets, other: 'z' } };
    assert.deepEqual(readParams(wanted, given), {
      params: { version: '12', count: 3 },
      secrets: right.secrets,
      problems: [],
    });
  });

  for (const [params, param, message] of wrong) {
    it(`say what is wrong at their place: ${JSON.stringify(params)}`, () => {
      const { problems } = readParams(wanted, { ...right, params: { ...right.params, ...params } });
      assert.deepEqual(
        problems.map((problem) => [problem.field, problem.param]),
        [['params', param]],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  it('have to be given where the file says so, secrets too; a default is enough', () => {
    const { problems } = readParams(wanted, { params: {}, secrets: { token: '' } });
    assert.deepEqual(
      problems.map(({ param, message }) => [param, message]),
      ['version', 'token', 'vault'].map((param) => [param, 'It has to be given.']),
    );
  });

  it('never let a secret into what is written down', () => {
    const { params } = readParams(wanted, { ...right, params: { token: 'shown', vault: 'shown' } });
    assert.deepEqual(params, {});
  });
});

describe('a value in a field', () => {
  it('is written so that it reads as itself again, whatever its type', () => {
    const types = ['integer', 'number', 'boolean', 'array', 'object', 'string'] as const;
    const values = {
      integer: fc.integer(),
      number: fc.integer({ min: -9999, max: 9999 }).map((value) => value / 100),
      boolean: fc.boolean(),
      array: fc.array(fc.jsonValue()),
      object: fc.dictionary(fc.string(), fc.jsonValue()),
      string: fc.string(),
    };
    const typed = fc.constantFrom(...types).chain((type) => fc.tuple(fc.constant(type), values[type]));
    fc.assert(
      fc.property(typed, ([type, given]) => {
        const value = JSON.parse(JSON.stringify(given)) as Value;
        assert.deepEqual(valueOfText({ type }, textOfValue(value)), value);
      }),
    );
  });

  it('is right exactly where the same text is right on the command line', () => {
    const texts = fc.oneof(
      fc.constantFrom('1', '1.50', 'yes', '[1]', '{}', '30s', '10M', 'blue', ''),
      fc.string(),
    );
    const params = fc.constantFrom(...[...wanted.params.values()].filter(({ sensitive }) => !sensitive));
    fc.assert(
      fc.property(params, texts, (param, text) => {
        const typed = checkParam(param, valueOfText(param, text), 'command line');
        assert.equal(typed.ok, checkParam(param, text, 'command line').ok);
      }),
    );
  });
});
