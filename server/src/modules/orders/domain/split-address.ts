import type { Divisions } from './divisions.ts';
import { findRegion, type Region } from './find-region.ts';

export const ADDRESS_FIELDS = ['name', 'phone', 'province', 'city', 'district', 'address'] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];
/** `extension`: the digits after a privacy number; `label`: 收件人： and the like; `gap`: what only separates. */
export type PartKind = AddressField | 'extension' | 'label' | 'gap' | 'rest';

export type SplitAddress = Record<AddressField, string> & {
  extension: string;
  /** 0 to 1; 0 = not found. */
  confidence: Record<AddressField, number>;
  /** What was left over: remarks, second numbers, postcodes. */
  rest: string;
  /** The text again, piece by piece: joined they are it, so nothing is lost. */
  parts: { kind: PartKind; text: string }[];
};

const LABELS: readonly [PartKind | 'region', RegExp][] = [
  [
    'name',
    /(?:收件人姓名|收货人姓名|收件人|收货人|联系人|客户姓名|姓名|名字|客户|买家|recipient|consignee|receiver|full name|name|contact|attn|to)/iu,
  ],
  [
    'phone',
    /(?:收件人电话|收货人电话|联系电话|联系方式|手机号码|手机号|电话号码|手机|电话|mobile|cell|telephone|phone|tel)(?:\s*(?:no\.?|number))?/iu,
  ],
  ['address', /(?:收货地址|收件地址|详细地址|详细信息|送货地址|街道地址|家庭住址|住址|地址|address|addr|street)/iu],
  [
    'region',
    /(?:收货信息|收件信息|所在地区|所在地|地区|省市区|省份|城市|区县|省|市|区|region|area|province|city|district|state)/iu,
  ],
  [
    'rest',
    /(?:寄件人|发件人|寄件电话|sender|邮政编码|邮编|zip code|zip|postcode|备注|留言|买家留言|remark|note|remarks)/iu,
  ],
];
const LABEL = new RegExp(
  `(?<=^|[\\s,;、|/。!()\\[\\]【】])[(\\[【]?(?:${LABELS.map(([, r], i) => `(?<k${i}>${r.source})`).join('|')})[)\\]】]?(?:\\s*[:=]\\s*|[)\\]】]\\s*|(?<=[人名话机码式址])\\s+)`,
  'giu',
);
/** 收件人张三 without a colon. */
const GLUED_LABEL =
  /(?<=^|[\s,;、|。])(?:(?:收件人|收货人|联系人)(?=\p{Script=Han})|(?:电话|手机号?)(?=[+\d(])|(?:收货|收件)?地址(?=\p{Script=Han}))/gu;

const PREFIX = '(?:\\(?(?:\\+|00)\\s*86\\)?[-\\s]?|86[-\\s]?)?';
const EXTENSION =
  '(?:(?:\\s*(?:转|分机|ext\\.?|x|#)\\s*:?\\s*|-|_|,(?=\\d{4}(?!\\d|号|栋|幢|室|楼|单元)))(?<ext>\\d{3,6})(?!\\d))?';
const PHONES: readonly { pattern: RegExp; sure: number }[] = [
  {
    pattern: new RegExp(`(?<![\\d.])${PREFIX}(?<no>1[3-9]\\d[-\\s]?\\d{4}[-\\s]?\\d{4})(?!\\d)${EXTENSION}`, 'giu'),
    sure: 0.99,
  },
  { pattern: /(?<![\d])(?<no>\+\d{1,3}[-\s]?(?:\(\d{1,4}\)[-\s]?)?\d[\d\s-]{5,14}\d)(?!\d)(?<ext>\b)?/gu, sure: 0.9 },
  {
    pattern: new RegExp(`(?<![\\d-])(?<no>(?:\\(0\\d{2,3}\\)|0\\d{2,3})[-\\s]?\\d{7,8})(?!\\d)${EXTENSION}`, 'giu'),
    sure: 0.9,
  },
  { pattern: /(?<![\d-])(?<no>[48]00[-\s]?\d{3,4}[-\s]?\d{3,4})(?!\d)(?<ext>\b)?/gu, sure: 0.7 },
];

const SEPARATOR = /[\s,;、|/。!()[\]【】<>"'“”:=~]/u;
const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封储靳段富巫焦巴弓牧隗山谷车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶司黎白蒲从索咸籍卓蔺屠蒙池乔闻党翟谭劳姬申扶冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖终衡步都耿满弘匡国文寇广欧沃利蔚越师巩厍聂晁敖冷辛简饶曾关肖佟付代闫仝岳帅游邸区';
const DOUBLE =
  '欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐|百里|呼延|东郭|南门|西门';
const TITLE = /(?:先生|女士|小姐|老师|同学|阿姨|师傅|经理|医生|总)$/u;
const HAN_NAME = new RegExp(`^(?:(?:${DOUBLE})\\p{Script=Han}{1,2}|\\p{Script=Han}{2,4})$`, 'u');
const LONG_NAME = /^\p{Script=Han}{2,8}[·•]\p{Script=Han}{2,8}(?:[·•]\p{Script=Han}{1,8})?$/u;
const LATIN_NAME = /^[\p{Script=Latin}][\p{Script=Latin}.'’-]*(?: [\p{Script=Latin}][\p{Script=Latin}.'’-]*){0,3}$/u;
const OF_ADDRESS =
  /(?:[路街道巷弄号楼室栋幢区镇乡村园城苑厦院店场厂站桥里庄座层户铺组队屯社旁边口门县市省]|单元|大学|公司|驿站|中心|广场|对面|附近)$/u;
const NO_NAME =
  /^(?:谢谢|您好|你好|快递|尽快|麻烦|发货|顺丰|中通|圆通|韵达|家里|公司|单位|学校|急件|易碎|加急|礼物|到付|放门口|周末|工作日)/u;
const ADDRESS_LIKE = /[\d路街道巷弄号楼室栋幢镇乡村园城苑厦院店场厂站]/u;
const IS_SURNAME = new RegExp(`^(?:${DOUBLE}|[${SURNAMES}])`, 'u');

/** Full-width forms as half-width ones, place by place: the text keeps its length. */
const halfWidth = (text: string): string =>
  text.replaceAll(/[\uFF01-\uFF5E\u3000]/g, (c) =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  );

type Span = { from: number; to: number };
type Segment = Span & { text: string; label: PartKind | 'region' | undefined };

/** The text with who owns each of its places. */
class Sheet {
  readonly text: string;
  readonly #owner: (PartKind | undefined)[];
  readonly labels: (Span & { kind: PartKind | 'region' })[] = [];
  constructor(text: string) {
    this.text = halfWidth(text);
    this.#owner = Array.from<PartKind | undefined>({ length: text.length });
  }
  own(kind: PartKind, { from, to }: Span): void {
    for (let i = from; i < to; i += 1) this.#owner[i] ??= kind;
  }
  free(at: number): boolean {
    return this.#owner[at] === undefined;
  }
  ownerOf(at: number): PartKind | undefined {
    return this.#owner[at];
  }
  is(at: number, kind: PartKind): boolean {
    return this.#owner[at] === kind;
  }

  /** What nobody owns yet, cut at separators; words of Latin letters stay together. */
  segments(): Segment[] {
    const found: Segment[] = [];
    const { text } = this;
    for (let at = 0; at < text.length; at += 1) {
      if (!this.free(at) || SEPARATOR.test(text[at] as string)) continue;
      let to = at + 1;
      const goesOn = (): boolean =>
        this.free(to) &&
        (!SEPARATOR.test(text[to] as string) ||
          (text[to] === ' ' &&
            /[\p{Script=Latin}.]$/u.test(text.slice(at, to)) &&
            /^ [\p{Script=Latin}]/u.test(text.slice(to, to + 2))));
      while (to < text.length && goesOn()) to += 1;
      found.push({ from: at, to, text: text.slice(at, to), label: this.labelOf(at) });
      at = to;
    }
    return found;
  }

  /** What the label before a place announces; a line break ends what a label says. */
  labelOf(at: number): PartKind | 'region' | undefined {
    const label = this.labels.findLast((l) => l.to <= at);
    return label && !this.text.slice(label.to, at).trim().includes('\n') ? label.kind : undefined;
  }
}

/**
 * Splits what people paste into a chat, in any order: name, telephone number and address, with labels or without. It guesses,
 * and says how sure it is; it never throws, and every character of the text is in some part.
 */
export function splitAddress(text: string, divisions: Divisions): SplitAddress {
  const sheet = new Sheet(text);
  markLabels(sheet);
  const phone = markPhone(sheet);
  const region = findRegion(sheet.text, divisions, (at) => !sheet.free(at));
  for (const span of region?.spans ?? []) sheet.own(span.level, span);
  const name = markName(sheet, region);
  const addressSure = markAddress(sheet, region);
  const parts = partsOf(text, sheet);
  const join = (kind: PartKind, by: string): string =>
    parts
      .filter((p) => p.kind === kind)
      .map((p) => p.text.trim())
      .filter((t) => t !== '')
      .join(by);
  const address = tidy(join('address', ' '));
  return {
    name: join('name', ' '),
    phone: phone.no,
    province: region?.province ?? '',
    city: region?.city ?? '',
    district: region?.district ?? '',
    address,
    extension: phone.extension,
    confidence: {
      name,
      phone: phone.sure,
      province: region?.confidence.province ?? 0,
      city: region?.confidence.city ?? 0,
      district: region?.confidence.district ?? 0,
      address: address === '' ? 0 : addressSure,
    },
    rest: join('rest', ' '),
    parts,
  };
}

function markLabels(sheet: Sheet): void {
  for (const match of sheet.text.matchAll(LABEL)) {
    const kind = LABELS.find((_, i) => match.groups?.[`k${i}`] !== undefined)?.[0] ?? 'rest';
    const span = { from: match.index, to: match.index + match[0].length };
    sheet.own('label', span);
    sheet.labels.push({ ...span, kind });
  }
  for (const match of sheet.text.matchAll(GLUED_LABEL)) {
    const span = { from: match.index, to: match.index + match[0].length };
    if (!sheet.free(span.from)) continue;
    sheet.own('label', span);
    sheet.labels.push({
      ...span,
      kind: match[0].endsWith('人') ? 'name' : match[0].endsWith('地址') ? 'address' : 'phone',
    });
  }
  sheet.labels.sort((a, b) => a.from - b.from);
}

/** The first number that can be called, the surest kind first; others are left over. */
function markPhone(sheet: Sheet): { no: string; extension: string; sure: number } {
  const found: { from: number; to: number; no: string; extension: string; sure: number }[] = [];
  for (const { pattern, sure } of PHONES) {
    for (const m of sheet.text.matchAll(pattern)) {
      const to = m.index + m[0].length;
      if (found.some((f) => f.from < to && m.index < f.to)) continue;
      const no = (m.groups?.['no'] ?? '').replaceAll(/[^\d+]/g, '');
      found.push({ from: m.index, to, no, extension: m.groups?.['ext'] ?? '', sure });
    }
  }
  const sender = (at: number): number => (sheet.labelOf(at) === 'rest' ? 1 : 0); // who sends is not who gets
  const [first, ...others] = found.toSorted(
    (a, b) => sender(a.from) - sender(b.from) || b.sure - a.sure || a.from - b.from,
  );
  if (!first) return { no: '', extension: '', sure: 0 };
  sheet.own('phone', { from: first.from, to: first.to - first.extension.length });
  if (first.extension !== '') sheet.own('extension', first);
  for (const other of others) sheet.own('rest', other);
  return { ...first, sure: others.some((o) => o.sure >= first.sure) ? first.sure - 0.2 : first.sure };
}

function markName(sheet: Sheet, region: Region | undefined): number {
  const segments = sheet.segments();
  const labelled = segments.find((s) => s.label === 'name');
  if (labelled) {
    sheet.own('name', labelled);
    return 0.99;
  }
  let best: { span: Span; score: number } | undefined;
  segments.forEach((s, i) => {
    if (s.label !== undefined && s.label !== 'region') {
      if (s.label === 'rest' || !nextToPhone(sheet, s)) return;
    }
    for (const { span, score } of candidates(sheet, s, i === 0, i === segments.length - 1, region))
      if (score >= 2 && (best === undefined || score > best.score)) best = { span, score };
  });
  const chosen = best as { span: Span; score: number } | undefined;
  if (!chosen) return 0;
  sheet.own('name', chosen.span);
  return chosen.score >= 5 ? 0.95 : chosen.score >= 3 ? 0.8 : 0.6;
}

/** Whether only separators (and labels) stand between a span and the telephone number. */
function nextToPhone(sheet: Sheet, { from, to }: Span): boolean {
  const quiet = (at: number): boolean =>
    sheet.is(at, 'label') || SEPARATOR.test(sheet.text[at] ?? 'x') || sheet.text[at] === '-';
  let right = to;
  while (right < sheet.text.length && !sheet.is(right, 'phone') && quiet(right)) right += 1;
  let left = from - 1;
  while (left >= 0 && !sheet.is(left, 'phone') && !sheet.is(left, 'extension') && quiet(left)) left -= 1;
  return sheet.is(right, 'phone') || (left >= 0 && (sheet.is(left, 'phone') || sheet.is(left, 'extension')));
}

type Candidate = { span: Span; score: number };

function candidates(sheet: Sheet, s: Segment, first: boolean, last: boolean, region: Region | undefined): Candidate[] {
  const near = nextToPhone(sheet, s) ? 2 : 0;
  const edge = first ? 1.5 : last ? 1 : 0;
  const straight = worthAsName(s.text);
  const inAddress =
    region !== undefined &&
    s.from >= region.to &&
    s.from - region.to < 2 &&
    !/^\s*\n/u.test(sheet.text.slice(region.to))
      ? -1
      : 0;
  if (straight !== undefined) return [{ span: s, score: straight + near + edge + inAddress }];
  // 文三路90号张三13800138000: the name stands unseparated before the number.
  const glued = /(?:[号室楼栋幢层座户铺]|单元|\d)((?![号室楼栋幢层座户铺])\p{Script=Han}{2,3})$/u.exec(s.text)?.[1];
  if (glued === undefined || near === 0) return [];
  const worth = worthAsName(glued) ?? 0;
  return [{ span: { from: s.to - glued.length, to: s.to }, score: worth + 1 }];
}

/** How much a word is like a name; undefined when it cannot be one. */
function worthAsName(text: string): number | undefined {
  if (NO_NAME.test(text)) return undefined;
  if (LONG_NAME.test(text)) return 4;
  if (LATIN_NAME.test(text)) return /\s/u.test(text) ? 2 : 1;
  if (TITLE.test(text) && /^\p{Script=Han}{2,5}$/u.test(text)) return 4;
  if (!HAN_NAME.test(text)) return undefined;
  const surname = IS_SURNAME.test(text) ? 2 : 0;
  return OF_ADDRESS.test(text) ? surname - 3 : surname + (text.length === 4 && surname === 0 ? -1 : 0);
}

/** What follows the region is the address, and what is labelled so; greetings and remarks are not. */
function markAddress(sheet: Sheet, region: Region | undefined): number {
  const segments = sheet.segments();
  const isLabelled = segments.some((s) => s.label === 'address');
  let broken = false;
  let last = region?.to ?? 0;
  let any = false;
  for (const s of segments) {
    const between = sheet.text.slice(last, s.from);
    broken ||= between.includes('\n') || hasOwned(sheet, last, s.from);
    const said = s.label === 'address';
    const follows = region !== undefined && s.from >= region.to && s.label !== 'rest';
    const before = region === undefined && !isLabelled && ADDRESS_LIKE.test(s.text) && s.label !== 'rest';
    if (!(said || before || (follows && (!broken || !any || ADDRESS_LIKE.test(s.text))))) continue;
    if (/^\d{6}$/u.test(s.text)) continue; // a postcode
    sheet.own('address', s);
    any = true;
    broken = false;
    last = s.to;
  }
  fill(sheet);
  return region === undefined ? (isLabelled ? 0.8 : 0.5) : 0.95;
}

function hasOwned(sheet: Sheet, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1)
    if (['name', 'phone', 'extension', 'rest'].includes(sheet.ownerOf(at) ?? '')) return true;
  return false;
}

/** What separates two words of the address belongs to it: 文三路 90 号. */
function fill(sheet: Sheet): void {
  let from = -1;
  for (let at = 0; at < sheet.text.length; at += 1) {
    if (sheet.is(at, 'address')) {
      if (from >= 0) sheet.own('address', { from, to: at });
      from = at + 1;
      if (/[)\]】]/u.test(sheet.text[from] ?? '') && sheet.free(from)) sheet.own('address', { from, to: from + 1 });
    } else if (!sheet.free(at) || !SEPARATOR.test(sheet.text[at] as string)) from = -1;
  }
}

const tidy = (text: string): string =>
  text.replaceAll(/\s+/gu, ' ').replaceAll(/^[\s,;:、。]+|[\s,;:、。，；：(（]+$/gu, '');

function partsOf(text: string, sheet: Sheet): SplitAddress['parts'] {
  const parts: SplitAddress['parts'] = [];
  for (let at = 0; at < text.length; at += 1) {
    const kind =
      sheet.ownerOf(at) ?? (SEPARATOR.test(sheet.text[at] as string) || sheet.text[at] === '-' ? 'gap' : 'rest');
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text[at];
    else parts.push({ kind, text: text[at] as string });
  }
  return parts;
}
