import { TextDecoder } from 'node:util';
import { unreadable } from './bill.ts';

const HEAD_BYTES = 64 * 1024;
const LINE_CHARS_MAX = 64 * 1024;

/**
 * UTF-8 where the beginning is, GB 18030 otherwise: the header of every bill is Chinese but UnionPay's, which has none and is
 * written in GB 18030.
 */
function decoderFor(head: Uint8Array): TextDecoder {
  if (head.every((byte) => byte < 0x80)) return new TextDecoder('gb18030', { fatal: true });
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }); // the last character may be cut
    return new TextDecoder('utf-8', { fatal: true });
  } catch {
    return new TextDecoder('gb18030', { fatal: true });
  }
}

/** The lines of a text as they arrive, many at a time, without their ends. @throws BillLineUnreadable */
export async function* textLines(source: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let decoder: TextDecoder | undefined;
  let head: Buffer[] = [];
  let headBytes = 0;
  let rest = '';
  let seen = 0;
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return (decoder as TextDecoder).decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw unreadable(seen + 1, '');
    }
  };
  const split = (text: string): string[] => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    if (rest.length > LINE_CHARS_MAX) throw unreadable(seen + lines.length + 1, '');
    seen += lines.length;
    return lines;
  };
  for await (const chunk of source) {
    if (decoder) {
      yield split(decode(chunk));
      continue;
    }
    head.push(chunk);
    headBytes += chunk.length;
    if (headBytes < HEAD_BYTES) continue;
    const all = Buffer.concat(head);
    head = [];
    decoder = decoderFor(all);
    yield split(decode(all));
  }
  if (!decoder) {
    const all = Buffer.concat(head);
    if (all.length === 0) return;
    decoder = decoderFor(all);
    yield split(decode(all));
  }
  rest += decode(undefined);
  yield [rest];
}
