import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicTypes } from '../../scripts/types/publicTypes.ts';
import { root } from './repository.ts';

describe('the published types', () => {
  it('are what the schemas and core/plugin say (npm run types writes them)', async () => {
    const transport = readFileSync(join(root, 'core/plugin/transport.ts'), 'utf8');
    assert.equal(readFileSync(join(root, 'types/muster.d.ts'), 'utf8'), await publicTypes([transport]));
  });
});
