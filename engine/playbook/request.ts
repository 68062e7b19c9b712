import type { OutsideAnswer, OutsideRequest } from '../../core/run/steps/context.ts';
import { requestFailure } from './requestFailure.ts';

/** Bytes of an answer that are kept. */
const mostBytes = 65_536;

/** Redirects that are followed. */
const mostRedirects = 10;

/** Sends a request from this machine. Rejects only when it is aborted. */
export async function request(
  { url, staysThere = false, ...init }: OutsideRequest,
  signal: AbortSignal,
): Promise<OutsideAnswer> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    return { message: `${url} is no address that begins with http:// or https://` };
  try {
    if (!staysThere) return await answered(await fetch(url, { ...init, signal, redirect: 'follow' }));
    return await sendWithin(url, init, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return { message: requestFailure(url, error) };
  }
}

type Init = Omit<OutsideRequest, 'url' | 'staysThere'>;

/** Redirects as browsers follow them (Fetch, 4.4), but never to another scheme, host or port: headers may be secret. */
async function sendWithin(from: string, given: Init, signal: AbortSignal): Promise<OutsideAnswer> {
  let url = new URL(from);
  let init = given;
  for (let count = 0; count <= mostRedirects; count += 1) {
    const answer = await fetch(url, { ...init, signal, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === null) return answered(answer);
    await answer.body?.cancel();
    const next = new URL(location, url);
    if (next.origin !== url.origin)
      return { message: `it redirects to ${next.origin}, and requests of a service go nowhere else` };
    if (answer.status === 303 || (answer.status < 307 && init.method === 'POST')) {
      const { body: _body, ...rest } = init;
      init = { ...rest, method: init.method === 'HEAD' ? 'HEAD' : 'GET' };
    }
    url = next;
  }
  return { message: `it redirects more than ${mostRedirects} times` };
}

async function answered(answer: Response): Promise<OutsideAnswer> {
  const retryAfterMs = retryAfter(answer.headers.get('retry-after'));
  const text = await beginningOf(answer);
  return { status: answer.status, text, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** Milliseconds; seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** The first bytes of the body; the rest is not read. */
async function beginningOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
}
