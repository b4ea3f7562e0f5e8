import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divisions } from '../review/divisions.ts';
import { CASES } from './split-address.cases.ts';
import { ADDRESS_FIELDS, splitAddress } from './split-address.ts';

const split = (text: string) => splitAddress(text, divisions());
const said = (text: string): string => {
  const { name, phone, province, city, district, address, extension } = split(text);
  return [name, phone, province, city, district, address, extension].join('|');
};

test('ORD-2 what people paste is split into its fields: at least 95 of 100 wholly right', () => {
  const wrong = CASES.filter(([text, says]) => said(text) !== says);
  assert.ok(CASES.length >= 80);
  const report = wrong.map(([text, says]) => `${text}\n  wanted ${says}\n  got    ${said(text)}`).join('\n');
  assert.ok(wrong.length <= CASES.length * 0.05, report);
});

test('ORD-2 a field that was found says how sure it is, one that was not says 0', () => {
  for (const [text] of CASES) {
    const found = split(text);
    for (const field of ADDRESS_FIELDS) {
      const sure = found.confidence[field];
      assert.ok(sure >= 0 && sure < 1, `${field} of ${text}: ${sure}`);
      assert.equal(sure > 0, found[field] !== '', `${field} of ${text}`);
    }
  }
  const [written, followed] = [
    split('张三 13800138000 浙江省杭州市西湖区文三路90号'),
    split('张三 13800138000 杭州西湖区文三路90号'),
  ];
  assert.ok(written.confidence.province > followed.confidence.province, 'what only follows is less sure');
  assert.ok(split('收件人：张三 13800138000').confidence.name > split('文二 13800138000').confidence.name);
});

test('ORD-2 what is left over is told, not dropped', () => {
  assert.equal(split('张三 13800138000 13900139000 浙江省杭州市西湖区文三路90号').rest, '13900139000');
  assert.match(
    split('收件人：张三\n电话：13800138000\n地址：浙江省杭州市西湖区文三路90号\n备注：放门口').rest,
    /放门口/,
  );
  assert.match(split('张三 13800138000 浙江省杭州市西湖区文三路90号 310012').rest, /310012/);
  const twice = split('王芳 13800138000 朝阳区建国路1号');
  assert.deepEqual([twice.province, twice.city, twice.district], ['', '', '朝阳区'], 'Beijing has one, Changchun too');
  assert.ok(twice.confidence.district <= 0.5);
});

const pieces = fc.constantFrom(
  '张三',
  '李小红',
  '13800138000',
  '+86',
  '0571-88886666',
  '-1234',
  '浙江省',
  '杭州',
  '市',
  '西湖区',
  '文三路',
  '90号',
  '收件人：',
  '电话:',
  '地址',
  '\n',
  ' ',
  '，',
  '【',
  '】',
  'Name: ',
  'John',
  '😀',
  '\u0000',
  '\ud800',
  '１３８',
  '·',
  '(',
  '010',
  '转',
  '朝阳区',
  '北京',
  '市辖区',
  '新区',
  '谢谢',
);

test('ORD-2 whatever is pasted, nothing throws and every character is in some part', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(pieces, { maxLength: 25 }).map((p) => p.join('')),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const found = split(text);
      assert.equal(found.parts.map((p) => p.text).join(''), text);
      const letters = (s: string): number => [...s.normalize('NFKC')].filter((c) => /[\p{L}\p{N}]/u.test(c)).length;
      const shown = found.parts.filter((p) => p.kind === 'name' || p.kind === 'address' || p.kind === 'rest');
      assert.equal(letters(`${found.name}${found.address}${found.rest}`), letters(shown.map((p) => p.text).join('')));
      assert.ok(
        found.parts.every((p) => p.kind !== 'gap' || letters(p.text) === 0),
        'what only separates has no letters',
      );
    }),
    { numRuns: 3000 },
  );
});

test('ORD-2 a long text is split at once', () => {
  const long = '浙江省杭州市西湖区文三路90号 张三 13800138000 '.repeat(30).slice(0, 1000);
  const started = performance.now();
  split(long);
  assert.ok(performance.now() - started < 500);
});
