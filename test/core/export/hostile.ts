import type { ExportInput } from '../../../core/export/input.ts';
import { err, inputOf, out, type Said } from './input.ts';

/** Text that acts where somebody forgets what it is: markup, formulas, fences, terminal sequences, entities. */
export const payloads: readonly string[] = [
  '<script>document.title = "ran"; fetch("http://127.0.0.1:9/")</script>',
  '<img src="http://127.0.0.1:9/x.png" onerror="document.title=\'ran\'">',
  '</pre></textarea></style></title><h1 id="out">out</h1>',
  '" onmouseover="document.title=\'ran\'" x="',
  "' onfocus='document.title=1' autofocus='",
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
  'javascript:alert(1) command:workbench.action.quit https://example.com www.example.com',
  "=cmd|'/c calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '",=1+1,"',
  '\n=1+1',
  '＝1+1',
  '```\n# a heading\n````\n<b>bold</b>',
  '| a | b |\n|---|---|\n* item\n1. one\n~~~',
  ']]><![CDATA[<failure/>]]>&amp;&lt;&#60;',
  '\u001b]52;c;aGk=\u0007\u001b[2J\u001b[31mred\u001b[0m\u0000\u0008\u007f\u009b',
  '\u202eevil\u202c \u200bhidden \ufeff \u2028 \ufffe',
  'lone\rcarriage returns\r\nand both',
  '😀 ünïcödé 漢字',
];

/** A batch whose nodes have payloads for names and for output. */
export function hostileBatch(): ExportInput {
  const named = payloads.map((payload): Said => ({ node: payload, pieces: [out(`${payload}\n`)] }));
  const failed = payloads.slice(0, 4).map((payload, at): Said => ({
    node: `failed${at}`,
    pieces: [out('a'), err(payload), out('b')],
    exit: 3,
    outcome: { status: 'failed', step: 'command', message: payload, exitCode: 3 },
  }));
  const others: readonly Said[] = [
    { node: 'web01', pieces: [out('same\n')], took: 400 },
    { node: 'web02', pieces: [out('sa'), out('me\n')], took: 61_000 },
    { node: 'binary', pieces: [{ stream: 'stdout', bytes: Uint8Array.of(0, 255, 254, 10, 195) }] },
    { node: '../../etc/passwd', pieces: [out('x')] },
    { node: 'CON' },
    { node: 'con' },
    { node: 'lost', outcome: { status: 'lost', message: 'the connection went away' }, pieces: [out('half')] },
    { node: 'late', outcome: { status: 'not-started', reason: 'stopped after the first failure' } },
    {
      node: 'gone',
      outcome: { status: 'unreachable', kind: 'refused', message: 'connection refused on port 22' },
    },
  ];
  return inputOf([...named, ...failed, ...others], payloads[0]);
}
