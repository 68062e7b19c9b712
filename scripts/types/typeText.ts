import type * as z from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A JSON Schema (draft 7) as a TypeScript type: its descriptions become comments, `$ref` the name of a type. */
export function typeText(schema: JsonSchema): string {
  const { anyOf, oneOf, allOf, $ref } = schema;
  // The one thing that contains itself is any JSON.
  if ($ref !== undefined) return $ref.startsWith('#/') ? 'Json' : $ref;
  const options = anyOf ?? oneOf;
  if (options) return [...new Set(options.map(typeText))].join(' | ');
  if (allOf) return allOf.map((each) => `(${typeText(each)})`).join(' & ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  const { type } = schema;
  if (Array.isArray(type)) return type.map((each) => typeText({ ...schema, type: each })).join(' | ');
  switch (type) {
    case 'object':
      return objectText(schema);
    case 'array':
      return arrayText(schema);
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    default:
      return 'unknown';
  }
}

function arrayText({ items }: JsonSchema): string {
  const of =
    items === undefined || items === true || Array.isArray(items) ? 'unknown' : typeText(asSchema(items));
  return `(${of})[]`;
}

function objectText({ properties, required = [], additionalProperties }: JsonSchema): string {
  if (!properties) {
    const values = additionalProperties === undefined ? 'unknown' : typeText(asSchema(additionalProperties));
    return `{ [name: string]: ${values} }`;
  }
  const lines = Object.entries(properties).map(([name, property]) => {
    const schema = asSchema(property);
    const mark = required.includes(name) ? '' : '?';
    const type = typeText(schema);
    return `${comment(schema)}${keyText(name)}${mark}: ${mark ? `${type} | undefined` : type};`;
  });
  return `{\n${lines.join('\n')}\n}`;
}

function keyText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function comment({ description }: JsonSchema): string {
  return description === undefined ? '' : `/** ${description.replaceAll('*/', '*\\/')} */\n`;
}

function asSchema(schema: JsonSchema | boolean): JsonSchema {
  return typeof schema === 'boolean' ? {} : schema;
}
