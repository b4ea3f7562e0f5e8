import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskAddress, maskEmail, maskName, maskPhone } from './mask.ts';
import { normaliseEmail, normaliseName, normalisePhone } from './normalise.ts';

const table = (title: string, of: (text: string) => string, rows: Record<string, string>): void => {
  test(title, () => {
    for (const [text, expected] of Object.entries(rows)) assert.equal(of(text), expected, text);
  });
};

table('CMP-1 a phone number is found however it is written', normalisePhone, {
  '13800138000': '13800138000',
  '+86 138 0013 8000': '13800138000',
  '+86-138-0013-8000': '13800138000',
  '(+86)13800138000': '13800138000',
  '0086 13800138000': '13800138000',
  '86 138-0013-8000': '13800138000',
  '１３８００１３８０００': '13800138000',
  '+1 (380) 013-8000': '+13800138000',
  '0044 20 7946 0958': '+442079460958',
  '+44 20 7946 0958': '+442079460958',
  '010-6505 2288': '01065052288',
  无: '',
});

table('CMP-1 a name is found however it is spaced or cased', normaliseName, {
  ' 张 三 ': '张三',
  'John  SMITH': 'johnsmith',
  Ｊｏｈｎ: 'john',
  买买提·吐尔逊: '买买提·吐尔逊',
});

table('CMP-1 an e-mail address is found however it is cased', normaliseEmail, {
  ' Li.Lei@Example.COM ': 'li.lei@example.com',
});

table('CMP-1 a masked phone number shows three digits before and four after', maskPhone, {
  '13800138000': '138****8000',
  '+86 138 0013 8000': '138****8000',
  '+44 20 7946 0958': '+44****58',
  '010-65052288': '01****88',
  '110': '****',
  '': '',
});

table('CMP-1 a masked name keeps the first character, and the last of three', maskName, {
  张: '张*',
  张三: '张*',
  张小明: '张*明',
  欧阳小明: '欧**明',
  '张 三': '张*',
  'John Smith': 'J*** S***',
  Li: 'L***',
  '': '',
});

table('CMP-1 a masked address ends at the district', maskAddress, {
  浙江省杭州市西湖区文三路1号: '浙江省杭州市西湖区****',
  '浙江省 杭州市 西湖区 文三路1号': '浙江省 杭州市 西湖区****',
  上海市浦东新区城市花园3号楼: '上海市浦东新区****',
  广西壮族自治区南宁市青秀区民族大道2号: '广西壮族自治区南宁市青秀区****',
  湖北省恩施土家族苗族自治州恩施市航空大道1号: '湖北省恩施土家族苗族自治州恩施市****',
  内蒙古自治区锡林郭勒盟正蓝旗上都镇: '内蒙古自治区锡林郭勒盟正蓝旗****',
  广东省东莞市长安镇阳光小区3栋: '广东省东莞市****',
  文三路1号: '****',
  '221B Baker Street, London': '****',
});

test('CMP-1 a masked address of known parts shows exactly those parts', () => {
  assert.equal(maskAddress({ province: '浙江省', city: '杭州市', district: '西湖区' }), '浙江省杭州市西湖区****');
  assert.equal(maskAddress({ province: '上海市', city: '上海市', district: '浦东新区' }), '上海市浦东新区****');
  assert.equal(maskAddress({}), '****');
});

table('CMP-1 a masked e-mail address shows one letter and the domain', maskEmail, {
  'zhang.san@example.com': 'z***@example.com',
  不是邮箱: '***',
  '@x.cn': '***',
});
