// npm exec node scripts/icons.ts: draws media/icon.png, media/muster.svg and the icons of a panel's tab.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const media = fileURLToPath(new URL('../media/', import.meta.url));

/** Three nodes in a list, two of them ticked: the shapes of the activity bar icon on a 24 px grid. */
const muster = [
  'M3 4.5h6v4H3zM3 10.5h6v4H3zM3 16.5h6v4H3z',
  'M12.5 6.7l2.2 2.2 5.3-5.4M12.5 12.7l2.2 2.2 5.3-5.4M12.5 18.5h7.5',
].join('');

const glyphs = {
  running: 'M13.5 8A5.5 5.5 0 1 1 8 2.5',
  succeeded: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM5 8.2l2.2 2.2L11 6.2',
  partial: 'M8 2L14.5 13.5h-13zM8 6.5v3.5M8 11.3v.9',
  failed: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  cancelled: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM3.4 3.4l9.2 9.2',
  interrupted: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM6 6h4v4H6z',
} as const;

/** A tab's icon can not use theme colours: these keep 3 : 1 on the tabs of the default themes. */
const colors = {
  dark: {
    running: '#59a4f9',
    succeeded: '#89d185',
    partial: '#cca700',
    failed: '#f48771',
    cancelled: '#9d9d9d',
    interrupted: '#b180d7',
  },
  light: {
    running: '#1a85ff',
    succeeded: '#388a34',
    partial: '#9a7d00',
    failed: '#d02f2f',
    cancelled: '#767676',
    interrupted: '#652d90',
  },
} as const;

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

const background: Pixel = [31, 41, 55, 255];
const row: Pixel = [147, 164, 188, 255];
const tick: Pixel = [106, 212, 138, 255];
const clear: Pixel = [0, 0, 0, 0];
const size = 256;
/** Samples along each side of a pixel: smooth edges. */
const samples = 4;

await mkdir(media, { recursive: true });
await writeFile(join(media, 'muster.svg'), svg(24, muster, 'currentColor'));
for (const theme of ['dark', 'light'] as const) {
  for (const [status, color] of Object.entries(colors[theme])) {
    const glyph = Object.entries(glyphs).find(([name]) => name === status)?.[1] ?? '';
    await writeFile(join(media, `batch-${status}-${theme}.svg`), svg(16, glyph, color));
  }
}
await writeFile(join(media, 'icon.png'), png(size, shade));

function svg(side: number, path: string, color: string): string {
  const shape = `<path d="${path}" fill="none" stroke="${color}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}">${shape}</svg>\n`;
}

/** The colour at a point of the 256 px icon. */
function shade(x: number, y: number): Pixel {
  if (!inBox({ x, y }, { left: 8, top: 8, right: 248, bottom: 248, radius: 44 })) return clear;
  for (const [at, top] of [56, 110, 164].entries()) {
    if (inBox({ x, y }, { left: 44, top, right: 112, bottom: top + 36, radius: 8 })) return row;
    const middle = top + 18;
    if (at === 2 && nearLine({ x, y }, [140, middle, 208, middle])) return row;
    if (at < 2 && nearLine({ x, y }, [142, middle, 162, middle + 18])) return tick;
    if (at < 2 && nearLine({ x, y }, [162, middle + 18, 208, middle - 26])) return tick;
  }
  return background;
}

type Point = { readonly x: number; readonly y: number };
type Box = { left: number; top: number; right: number; bottom: number; radius: number };

function inBox({ x, y }: Point, { left, top, right, bottom, radius }: Box): boolean {
  const dx = Math.max(left + radius - x, x - (right - radius), 0);
  const dy = Math.max(top + radius - y, y - (bottom - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}

function nearLine({ x, y }: Point, [x1, y1, x2, y2]: readonly [number, number, number, number]): boolean {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) <= 8;
}

/** A square picture as PNG (RFC 2083), 8 bits a channel with alpha. */
function png(side: number, color: (x: number, y: number) => Pixel): Buffer {
  const lines = Buffer.alloc(side * (side * 4 + 1));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) lines.set(average(color, x, y), y * (side * 4 + 1) + 1 + x * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...chunks]);
}

/** The mean over the samples of a pixel, each channel weighted by how much is there. */
function average(color: (x: number, y: number) => Pixel, x: number, y: number): number[] {
  const sum = [0, 0, 0, 0];
  for (let at = 0; at < samples * samples; at++) {
    const pixel = color(x + ((at % samples) + 0.5) / samples, y + (Math.floor(at / samples) + 0.5) / samples);
    const alpha = pixel[3];
    for (const [channel, value] of pixel.entries())
      sum[channel] = (sum[channel] ?? 0) + (channel < 3 ? value * alpha : value);
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
  const weight = alpha || 1;
  return [red / weight, green / weight, blue / weight, alpha / (samples * samples)].map(Math.round);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
