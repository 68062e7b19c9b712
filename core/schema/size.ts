import * as z from 'zod';

const units: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };

/** `500KB`, `64MB`, `1.5GB`, `2TB` → bytes; 1 KB is 1024 bytes. Undefined when it is none of these. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(KB|MB|GB|TB)$/i.exec(text) ?? [];
  const factor = units[unit?.toUpperCase() ?? ''];
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

/** A number of bytes in a file, with its unit; bytes once read. */
export const Size = z
  .string()
  .meta({ muster: 'name' })
  .transform((text, context) => {
    const bytes = parseSize(text);
    if (bytes !== undefined && bytes >= 1024 && Number.isSafeInteger(bytes)) return bytes;
    const message = `"${text}" is not a size.`;
    context.addIssue({ code: 'custom', message, params: { fix: 'Write 500KB, 64MB or 2GB.' } });
    return z.NEVER;
  });
