import type { EditQuery, TextEdit } from '../../protocol/inventory.ts';
import type { Result } from '../../util/errors.ts';

export function editInventory({ path }: EditQuery): Result<readonly TextEdit[]> {
  return { ok: false, error: { code: 'INPUT_INVALID', message: `${path} can not be changed.` } };
}
