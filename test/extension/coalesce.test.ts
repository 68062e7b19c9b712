import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { coalesce } from '../../extension/services/coalesce.ts';

describe('coalescing', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('calls at once, then once for all requests of an interval, and loses none', () => {
    let calls = 0;
    const request = coalesce(250, () => calls++);
    request();
    request();
    request();
    assert.equal(calls, 1);
    mock.timers.tick(250);
    assert.equal(calls, 2);
    mock.timers.tick(1000);
    assert.equal(calls, 2);
    request();
    assert.equal(calls, 3);
  });

  it('calls no more when it is disposed', () => {
    let calls = 0;
    const request = coalesce(250, () => calls++);
    request();
    request();
    request.dispose();
    mock.timers.tick(1000);
    assert.equal(calls, 1);
  });
});
