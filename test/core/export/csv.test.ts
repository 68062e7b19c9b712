import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { csvRow, writeCsv } from '../../../core/export/csv.ts';
import type { ExportInput } from '../../../core/export/input.ts';
import { unguardFormula } from '../../../core/inventory/formula.ts';
import { hostileBatch, payloads } from './hostile.ts';
import { inputOf, out, textOf } from './input.ts';
import { pieces } from './pieces.ts';

/** Another's reader of tables: ours must not be what proves our writer. */
const papa = createRequire(import.meta.url)('papaparse') as {
  parse(text: string, options: object): { data: readonly (readonly string[])[]; errors: readonly unknown[] };
};

type Row = Readonly<Record<string, string>>;

function parse(text: string): readonly (readonly string[])[] {
  const { data, errors } = papa.parse(text, { newline: '\r\n', skipEmptyLines: true });
  assert.deepEqual(errors, []);
  return data;
}

async function rowsOf(input: ExportInput): Promise<readonly Row[]> {
  const [columns = [], ...rows] = parse(await textOf(writeCsv(input)));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [columns[at], cell])));
}

describe('a table of a batch', () => {
  it('has a row for each node, whatever its name and output are', async () => {
    const rows = await rowsOf(hostileBatch());
    assert.deepEqual(
      rows
        .slice(0, payloads.length)
        .map(({ node, stdout }) => [node, stdout].map((cell) => unguardFormula(cell ?? ''))),
      payloads.map((payload) => [payload, `${payload}\n`]),
    );
  });

  it('has no cell that a spreadsheet would run (R-O8)', async () => {
    for (const row of await rowsOf(hostileBatch())) {
      for (const [column, cell] of Object.entries(row)) {
        assert.doesNotMatch(
          cell,
          /^[\t\r]|^[\s",;\p{Cc}]*[=+\-@＝＋－＠]/u,
          `${column}: ${JSON.stringify(cell)}`,
        );
      }
    }
  });

  it('guards a formula behind any length of blanks, in whatever pieces it comes', async () => {
    for (const blanks of [1, 100, 70_000, 200_000]) {
      const lead = ' '.repeat(blanks);
      const [row] = await rowsOf(inputOf([{ node: 'n', pieces: [out(lead), out('=1+1')] }]));
      assert.equal(row?.['stdout'], `'${lead}=1+1`);
    }
  });

  it('gives back every output', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces(), { minLength: 1, maxLength: 4 }), async (outputs) => {
        const said = outputs.map((each, at) => ({ node: `n${at}`, pieces: each }));
        const rows = await rowsOf(inputOf(said));
        for (const [at, row] of rows.entries()) {
          for (const stream of ['stdout', 'stderr'] as const) {
            const bytes = Buffer.concat(
              (outputs[at] ?? []).filter((each) => each.stream === stream).map((each) => each.bytes),
            );
            const base64 = row[`${stream}Base64`] ?? '';
            const text = unguardFormula(row[stream] ?? '');
            assert.deepEqual(base64 ? Buffer.from(base64, 'base64') : Buffer.from(text), bytes);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives back every cell', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
        assert.deepEqual(parse(csvRow(cells))[0]?.map(unguardFormula), cells);
      }),
    );
  });
});
