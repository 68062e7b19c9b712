import * as z from 'zod';

/** Forms in which the merged inventory can be written. `ansible` is the shape of `ansible-inventory --list`. */
export const InventoryFormat = z.enum(['muster', 'ansible', 'json', 'csv', 'hosts']);
export type InventoryFormat = z.infer<typeof InventoryFormat>;
