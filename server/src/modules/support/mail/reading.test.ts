import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { letter, multipart, report } from '../../../../test/support/mails.ts';
import { checkFlow } from '#kernel/flow.ts';
import { type OutgoingEvent, outgoingFlow } from './domain/outgoing-flow.ts';
import { splitQuotes } from './domain/quotes.ts';
import * as ref from './domain/references.ts';
import { OUTGOING_STATES, type OutgoingState } from './domain/words.ts';
import { fingerprintOf, parseMail } from './parse.ts';

test('SUP-1 Chinese mail is read in every charset it is written in', async () => {
  for (const charset of ['utf-8', 'gbk', 'gb18030', 'gb2312', 'big5', 'utf-16']) {
    const text = charset === 'big5' ? '您好，我的包裹還沒到' : '您好，我的包裹还没到';
    const mail = await parseMail(letter({ subject: '催件', text, charset }));
    assert.deepEqual([mail.subject, mail.said], ['催件', text], charset);
  }
  const japanese = Buffer.from(
    'From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B$3$s$K$A$O\x1b(B\r\n',
    'latin1',
  );
  assert.equal((await parseMail(japanese)).said, 'こんにちは');
});

test('SUP-1 HTML becomes text: no markup of a stranger is kept', async () => {
  const html =
    '<p>Hello <b>there</b></p><script>alert(1)</script><img src="https://spy.example/x.png" onerror="x()"><p>Second<br>line</p><style>p{}</style>';
  const mail = await parseMail(letter({ html }));
  assert.equal(mail.said, 'Hello there\n\nSecond\nline');
});

test('SUP-1 quoted text and signatures are folded away, not lost; inline answers stay', () => {
  const cases: [string, string, { said: string; quoted: string; signature: string }][] = [
    [
      'gmail',
      'It came.\n\nOn Mon, 1 Jun 2026 at 10:00, Shop <s@x.example> wrote:\n> Has it come?\n',
      {
        said: 'It came.',
        quoted: 'On Mon, 1 Jun 2026 at 10:00, Shop <s@x.example> wrote:\n> Has it come?',
        signature: '',
      },
    ],
    [
      'gmail, broken line',
      'It came.\n\nOn Mon, 1 Jun 2026 at 10:00, Shop with a long name\n<s@x.example> wrote:\n> Has it come?',
      {
        said: 'It came.',
        quoted: 'On Mon, 1 Jun 2026 at 10:00, Shop with a long name\n<s@x.example> wrote:\n> Has it come?',
        signature: '',
      },
    ],
    [
      'outlook',
      '收到了\n\n发件人: 客服 <s@x.example>\n发送时间: 2026年6月1日\n收件人: 我\n主题: 您好\n\n到了吗？',
      {
        said: '收到了',
        quoted: '发件人: 客服 <s@x.example>\n发送时间: 2026年6月1日\n收件人: 我\n主题: 您好\n\n到了吗？',
        signature: '',
      },
    ],
    [
      'qq',
      '收到了\n\n------------------ 原始邮件 ------------------\n发件人: "客服";\n到了吗？',
      {
        said: '收到了',
        quoted: '------------------ 原始邮件 ------------------\n发件人: "客服";\n到了吗？',
        signature: '',
      },
    ],
    [
      'netease',
      '收到了\n\n在 2026-06-01 10:00:00，"客服" <s@x.example> 写道：\n> 到了吗？',
      { said: '收到了', quoted: '在 2026-06-01 10:00:00，"客服" <s@x.example> 写道：\n> 到了吗？', signature: '' },
    ],
    ['signature', 'Please help\n-- \nLi Wei\nTel 1', { said: 'Please help', quoted: '', signature: 'Li Wei\nTel 1' }],
    [
      'inline',
      '> Has it come?\nYes.\n> Is it whole?\nNo, broken.',
      { said: '> Has it come?\nYes.\n> Is it whole?\nNo, broken.', quoted: '', signature: '' },
    ],
    [
      'a person writes From:',
      'From: the beginning it was broken\nand nobody helped',
      { said: 'From: the beginning it was broken\nand nobody helped', quoted: '', signature: '' },
    ],
    [
      'a person quotes',
      'My neighbour wrote:\nthat you are fine',
      { said: 'My neighbour wrote:\nthat you are fine', quoted: '', signature: '' },
    ],
    [
      'forwarded only',
      '---------- Forwarded message ---------\nFrom: a\n\nhello',
      { said: '---------- Forwarded message ---------\nFrom: a\n\nhello', quoted: '', signature: '' },
    ],
  ];
  for (const [name, text, parts] of cases) assert.deepEqual(splitQuotes(text), parts, name);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '> b', '-- ', '', 'x wrote:', '发件人: x', 'On the day at ten wrote:')),
      (lines) => {
        const { said, quoted, signature } = splitQuotes(lines.join('\n'));
        const words = (s: string) =>
          s
            .split(/\s+/)
            .filter((w) => w !== '' && w !== '--')
            .toSorted();
        assert.deepEqual(words([said, quoted, signature].join('\n')), words(lines.join('\n')), 'nothing is lost');
      },
    ),
  );
});

test('SUP-1 what machines write is known by each of its marks; what people write is not', async () => {
  const marks: [Record<string, string>, string][] = [
    [{ 'Auto-Submitted': 'auto-replied' }, 'auto_submitted'],
    [{ 'X-Auto-Response-Suppress': 'OOF, AutoReply' }, 'suppressed'],
    [{ Precedence: 'bulk' }, 'bulk'],
    [{ Precedence: 'list' }, 'bulk'],
    [{ Precedence: 'junk' }, 'bulk'],
    [{ 'List-Id': '<news.example>' }, 'list'],
    [{ 'List-Unsubscribe': '<mailto:x@y.example>' }, 'list'],
    [{ 'Return-Path': '<>' }, 'null_sender'],
    [{ 'X-Autoreply': 'yes' }, 'auto_submitted'],
  ];
  for (const [headers, why] of marks) assert.equal((await parseMail(letter({ headers }))).automatic, why, why);
  for (const from of ['MAILER-DAEMON@mx.example', 'no-reply@x.example', 'noreply@x.example', 'postmaster@x.example'])
    assert.equal((await parseMail(letter({ from }))).automatic, 'machine', from);
  for (const headers of [
    { 'Auto-Submitted': 'no' },
    { 'Return-Path': '<li@x.example>' },
    { 'X-Auto-Response-Suppress': 'DR' },
  ])
    assert.equal((await parseMail(letter({ headers }))).automatic, undefined);
  assert.equal((await parseMail(letter({ from: 'Noreen Poly <noreen@x.example>' }))).automatic, undefined);
});

test('SUP-1 a delivery report names the mail it is about, and whether it failed or is late', async () => {
  const failed = await parseMail(report('<ours@shop.example>', 'failed', '5.1.1'));
  assert.deepEqual(failed.bounce, { about: ['<ours@shop.example>'], action: 'failed', status: '5.1.1' });
  const late = await parseMail(report('<ours@shop.example>', 'delayed', '4.4.1'));
  assert.deepEqual([late.bounce?.action, late.bounce?.status], ['delayed', '4.4.1']);
  assert.equal((await parseMail(letter({ text: 'Action: failed\nStatus: 5.1.1' }))).bounce, undefined);
});

test('SUP-1 a ticket is found by its signed address only, whatever the case; a number alone proves nothing', () => {
  const mac = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  const address = ref.replyAddress('support@shop.example', 'T20260601000012', mac);
  assert.match(address, /^support\+t20260601000012-[a-z2-7]{16}@shop\.example$/);
  const token = ref.tokenIn([address.toUpperCase()], ['support@shop.example']);
  assert.ok(token && token.ticketNo === 'T20260601000012' && ref.isMac(token.mac, mac));
  assert.equal(ref.isMac(token.mac, Buffer.from('10112233445566778899aabbccddeeff', 'hex')), false);
  assert.equal(ref.tokenIn([address], ['other@shop.example']), undefined, 'not an address of ours');
  assert.equal(ref.taggedIn('回复: 催件 [#T20260601000012]'), 'T20260601000012');
  assert.equal(ref.plainSubject('Re: RE: 回复：答复: Parcel [#T20260601000012]'), 'Parcel');
  assert.equal(ref.plainSubject('Retour: a parcel'), 'Retour: a parcel');
  assert.ok(ref.isOwn('Support+anything@SHOP.example', ['support@shop.example']));
  const many = Array.from({ length: 40 }, (_, i) => `<${i}@x>`);
  const refs = many.reduce<string[]>((all, id) => ref.extendReferences(all, id), []);
  assert.deepEqual([refs.length, refs[0], refs.at(-1)], [20, '<0@x>', '<39@x>'], 'the first and the latest');
});

test('SUP-1 the same mail by another way is the same; two mails under one Message-ID are two', async () => {
  const print = async (raw: Buffer) => fingerprintOf(raw, await parseMail(raw)).toString('hex');
  const raw = letter({ messageId: '<one@x>', text: 'hello' });
  const relayed = Buffer.concat([Buffer.from('Received: from a by b; Mon, 1 Jun 2026 10:00:00 +0000\r\n'), raw]);
  assert.equal(await print(raw), await print(relayed));
  assert.notEqual(await print(raw), await print(letter({ messageId: '<one@x>', text: 'other' })));
});

test('SUP-1 broken mail is read as far as it goes', async () => {
  for (const raw of [
    Buffer.from(''),
    Buffer.from('\r\n\r\n'),
    Buffer.from('Subject: =?bogus?B?!!?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n'),
    Buffer.from([0xff, 0xfe, 0x00, 0x01]),
    Buffer.from(
      `From: a@b.example\r\n${multipart(
        'mixed',
        Array.from({ length: 300 }, () => 'Content-Type: text/plain\r\n\r\nx'),
      )}`,
    ),
  ])
    await parseMail(raw).catch((error: unknown) => assert.match(String(error), /child nodes|exceed|max/i));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      await parseMail(Buffer.concat([Buffer.from('From: a@b.example\r\n'), Buffer.from(bytes)]));
    }),
    { numRuns: 40 },
  );
});

const EVENTS: OutgoingEvent[] = ['accept', 'give_up', 'bounce', 'retry'];
const EXPECTED = new Map<string, OutgoingState>([
  ['queued>accept', 'sent'],
  ['queued>give_up', 'failed'],
  ['sent>bounce', 'bounced'],
  ['bounced>bounce', 'bounced'],
  ['failed>retry', 'queued'],
  ['bounced>retry', 'queued'],
]);
test('SUP-1 a mail of ours moves as its table says, and no other way', () => {
  assert.deepEqual(checkFlow(outgoingFlow, ['queued']), []);
  for (const from of OUTGOING_STATES)
    for (const event of EVENTS)
      assert.equal(outgoingFlow[from][event], EXPECTED.get(`${from}>${event}`), `${from}>${event}`);
});
