import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { pdfHeaders, type PdfDefinition, renderPdf } from './index.ts';

const text = (says: string): PdfDefinition => ({ title: says, content: [{ text: says }] });
const pagesOf = (pdf: Buffer): number => [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;

/** What the fonts of a document say their glyphs stand for: the text a reader can search and copy. */
function searchable(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  let found = '';
  for (const m of raw.matchAll(/stream\r?\n/g)) {
    const from = (m.index ?? 0) + m[0].length;
    const bytes = pdf.subarray(from, raw.indexOf('endstream', from));
    let plain: string;
    try {
      plain = inflateSync(bytes).toString('latin1');
    } catch {
      continue; // not compressed: no character map
    }
    if (!plain.includes('beginbfrange')) continue;
    for (const [, codes = ''] of plain.matchAll(/<([0-9a-f]{4})>(?=[\s\]])/g))
      found += String.fromCharCode(Number.parseInt(codes, 16));
  }
  return found;
}

test('ORD-16 a document holds its Chinese text, searchable, in the one font and nothing but the characters used', async () => {
  const pdf = await renderPdf(text('掌柜 交易快照 ¥12.30'));
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.equal(pagesOf(pdf), 1);
  for (const c of '掌柜交易快照¥') assert.ok(searchable(pdf).includes(c), `${c} is in the document`);
  assert.ok(pdf.length < 80_000, `${pdf.length} bytes: the whole font would be millions`);
});

test('ORD-16 long documents break into pages that are numbered', async () => {
  const rows = Array.from({ length: 120 }, (_, i) => [String(i), '商品名称', '12.00']);
  const pdf = await renderPdf({
    title: 't',
    content: [{ table: { headerRows: 1, widths: ['auto', '*', 60], body: rows }, layout: 'lines' }],
    foot: { left: 'no', pages: '第 {page} / {pages} 页' },
  });
  assert.ok(pagesOf(pdf) >= 2);
  assert.ok(searchable(pdf).includes('第'), 'the number is there');
});

test('ORD-16 what is no document is refused, and the next one is made', async () => {
  await assert.rejects(() => renderPdf({ title: 'x', content: [{ table: { body: 'no rows' } }] }), /not a document/);
  await assert.rejects(() => renderPdf({ title: 'x', content: [{ image: 'file:///etc/passwd' }] }), /not a document/);
  assert.equal(pagesOf(await renderPdf(text('后'))), 1);
});

test('ORD-16 many at once come out each as asked, and a small page is small', async () => {
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      renderPdf({ ...text(`第${'一二三四五六七八九十百千'[i]}份`), page: { width: 200, height: 100, margins: 8 } }),
    ),
  );
  all.forEach((pdf, i) => assert.ok(searchable(pdf).includes('一二三四五六七八九十百千'[i] as string)));
  assert.match((all[0] as Buffer).toString('latin1'), /MediaBox \[0 0 200 100\]/);
});

test('ORD-16 a name in any script is a header', () => {
  assert.equal(
    pdfHeaders('核查报告 1.pdf')['content-disposition'],
    "inline; filename*=UTF-8''%E6%A0%B8%E6%9F%A5%E6%8A%A5%E5%91%8A%201.pdf",
  );
});
