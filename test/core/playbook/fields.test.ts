import assert from 'node:assert/strict';
import { nodeFields, resultFields } from '../../../core/playbook/template/fields.ts';
import { nodeValue } from '../../../core/run/steps/scope.ts';
import { okEnd, valueOfEnd } from '../../../core/run/steps/stepEnd.ts';

describe('what templates can look up', () => {
  it('of a node and of a result is what a run has', () => {
    const target = { node: 'a', transport: 'ssh', options: {}, connectTimeoutMs: 1, tags: [], vars: {} };
    assert.deepEqual(Object.keys(nodeValue(target) ?? {}).toSorted(), nodeFields.toSorted());
    const ofRequests = new Set<string>(['json', 'httpStatus']);
    assert.deepEqual(
      Object.keys(valueOfEnd(okEnd) ?? {}).toSorted(),
      resultFields.filter((field) => !ofRequests.has(field)).toSorted(),
    );
  });
});
