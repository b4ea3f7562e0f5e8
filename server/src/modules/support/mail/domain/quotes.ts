/** A mail's text in its parts: what was said, and what is folded away below it. */
export type Parts = { said: string; quoted: string; signature: string };

/** Lines after which everything is the mail that was answered, as the usual programs write them. */
const OPENERS: readonly RegExp[] = [
  /^-{2,}\s*(?:original message|original|原始邮件|原邮件|原始郵件|回复的原邮件|转发邮件信息|forwarded message)\s*-{2,}/iu,
  /^-{5,}\s*(?:原始邮件|回复的邮件|original)/iu,
  /^_{20,}$/,
  /^on .{5,200}\bwrote:\s*$/iu,
  /^(?:于|在).{4,120}(?:写道|寫道)\s*[:：]\s*$/u,
  /^.{2,160}(?:写道|寫道|wrote)\s*[:：]\s*$/iu,
  /^(?:发件人|寄件者|from)\s*[:：]\s*\S.*$/iu,
];
/** After `From:` a header block has to follow: people do write such lines themselves. */
const HEADER_LINE = /^(?:发件人|寄件者|from)\s*[:：]/iu;
const HEADER_NEXT = /^(?:发送时间|日期|时间|收件人|主题|sent|date|to|subject|cc|抄送|寄件日期|收件者|主旨)\s*[:：]/iu;
/** What an opener may be broken into two lines by: `On … \n … wrote:`. */
const BROKEN_OPENER = /^on .{5,200}$/iu;
const SIGNATURE = /^--\s?$/;
const SIGNATURE_LINES_MAX = 15;

const isQuoted = (line: string): boolean => /^\s*>/.test(line);

/**
 * Folds quoted text and signature away. What stands below somebody's words in between quoted lines (answers inline) stays where it
 * is: only what is quoted at the end is folded. Nothing is lost: the parts together are the text.
 */
export function splitQuotes(text: string): Parts {
  const lines = text.replaceAll('\r\n', '\n').replace(/\s+$/, '').split('\n');
  let end = lines.length;
  const opener = lines.findIndex((line, i) => opens(lines, line.trim(), i));
  if (opener >= 0) end = opener;
  else {
    while (end > 0 && (isQuoted(lines[end - 1] ?? '') || (lines[end - 1] ?? '').trim() === '')) end -= 1;
    if (end < lines.length && !lines.slice(end).some(isQuoted)) end = lines.length;
  }
  const quoted = lines.slice(end).join('\n').trim();
  const above = lines.slice(0, end);
  const from = above.findLastIndex((line) => SIGNATURE.test(line));
  const hasSignature = from >= 0 && above.length - from <= SIGNATURE_LINES_MAX + 1;
  const said = (hasSignature ? above.slice(0, from) : above).join('\n').trim();
  const signature = hasSignature
    ? above
        .slice(from + 1)
        .join('\n')
        .trim()
    : '';
  if (said !== '') return { said, quoted, signature };
  // nothing but a quotation: a forwarded mail is what is said
  return { said: [quoted, signature].filter((s) => s !== '').join('\n'), quoted: '', signature: '' };
}

function opens(lines: readonly string[], line: string, at: number): boolean {
  if (line === '') return false;
  if (BROKEN_OPENER.test(line) && /^.{0,200}\bwrote:\s*$/iu.test((lines[at + 1] ?? '').trim())) return true;
  if (!OPENERS.some((o) => o.test(line))) return false;
  if (HEADER_LINE.test(line)) return lines.slice(at + 1, at + 4).some((next) => HEADER_NEXT.test(next.trim()));
  // `Somebody wrote:` is a quotation only when one follows
  if (/(?:写道|寫道|wrote)\s*[:：]$/iu.test(line)) {
    const next = lines.slice(at + 1).find((l) => l.trim() !== '');
    return next !== undefined && (isQuoted(next) || /^on .*wrote:$/iu.test(line) || /^(?:于|在)/u.test(line));
  }
  return true;
}
