export const ENCODINGS = ['utf-8', 'utf-16le', 'gb18030', 'cp1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Looks at every byte of a file once while it arrives, and says how its text is encoded and how many rows it has. No
 * encoding uses a quote, comma or line break inside a longer character, so rows can be counted before it is known.
 */
export class TextScan {
  #utf8 = new TextDecoder('utf-8', { fatal: true });
  #isUtf8 = true;
  #bom: 'utf-8' | 'utf-16le' | undefined;
  #seen = 0;
  #control = false;
  #rows = 0;
  #quoted = false;
  #rowHasText = false;
  // GB 18030: pairs whose second byte is high too (common Chinese), other pairs, and bytes that fit nothing
  #lead = 0;
  #common = 0;
  #rare = 0;
  #broken = false;

  push(chunk: Uint8Array): void {
    if (this.#seen === 0) this.#readBom(chunk);
    this.#seen += chunk.length;
    if (this.#bom === 'utf-16le') return;
    if (this.#isUtf8) {
      try {
        this.#utf8.decode(chunk, { stream: true });
      } catch {
        this.#isUtf8 = false;
      }
    }
    for (const byte of chunk) this.#count(byte);
  }

  /** Undefined: this is no text. */
  finish(): { encoding: Encoding; rows: number | null } | undefined {
    if (this.#bom === 'utf-16le') return { encoding: 'utf-16le', rows: null };
    if (this.#control || this.#seen === 0) return undefined;
    if (this.#isUtf8) {
      try {
        this.#utf8.decode();
      } catch {
        this.#isUtf8 = false; // the last character is cut off
      }
    }
    const rows = Math.max(this.#rows + (this.#rowHasText ? 1 : 0) - 1, 0);
    return { encoding: this.#isUtf8 ? 'utf-8' : this.#looksChinese() ? 'gb18030' : 'cp1252', rows };
  }

  /** Western text may happen to be valid GB 18030 (“Décor”), but then its pairs end in ASCII letters. */
  #looksChinese(): boolean {
    return !this.#broken && this.#lead === 0 && this.#common > 0 && this.#common >= 4 * this.#rare;
  }

  #readBom(chunk: Uint8Array): void {
    if (chunk[0] === 0xff && chunk[1] === 0xfe) this.#bom = 'utf-16le';
    else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) this.#bom = 'utf-8';
  }

  #count(byte: number): void {
    if (byte === LF || byte === CR) {
      if (!this.#quoted && this.#rowHasText) {
        this.#rows += 1;
        this.#rowHasText = false;
      }
    } else {
      if (byte === QUOTE) this.#quoted = !this.#quoted;
      if (byte < 0x20 && byte !== 0x09) this.#control = true;
      this.#rowHasText = true;
    }
    if (!this.#isUtf8) this.#pair(byte);
    else if (byte >= 0x80) this.#pair(byte);
    else if (this.#lead !== 0) this.#pair(byte);
  }

  #pair(byte: number): void {
    if (this.#lead === 0) {
      if (byte >= 0x81 && byte <= 0xfe) this.#lead = byte;
      else if (byte >= 0x80) this.#broken = true;
      return;
    }
    this.#lead = 0;
    if (byte >= 0xa1 && byte <= 0xfe) this.#common += 1;
    else if ((byte >= 0x40 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xa0)) this.#rare += 1;
    else if (byte >= 0x30 && byte <= 0x39) this.#rare += 1; // a character of four bytes: its second half is a pair too
    else this.#broken = true;
  }
}
