import * as z from 'zod';
import { $ZodMap } from 'zod/v4/core';

/** JSON Schema (draft 7) of what people may write in a file, for other editors. */
export function toJsonSchema(schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      delete jsonSchema['muster'];
      delete jsonSchema['refers'];
      delete jsonSchema['templates'];
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (zodSchema instanceof $ZodMap) {
        const { $schema: _draft, ...values } = toJsonSchema(zodSchema._zod.def.valueType);
        Object.assign(jsonSchema, { type: 'object', additionalProperties: values });
      }
    },
  });
}
