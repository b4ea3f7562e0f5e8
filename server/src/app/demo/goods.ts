export type DemoProduct = {
  code: string;
  title: string;
  category: string;
  glyph: Glyph;
  hue: number;
  price: number;
  weightG: number;
  barcode: string;
};
export const GLYPHS = ['leaf', 'fruit', 'cup', 'jar', 'bag', 'shirt', 'lamp', 'bottle', 'book', 'toy'] as const;
export type Glyph = (typeof GLYPHS)[number];

type Shelf = {
  category: string;
  prefix: string;
  glyph: Glyph;
  hue: number;
  price: number;
  weightG: number;
  names: string;
  variants: readonly [string, string];
};

const SHELVES: readonly Shelf[] = [
  {
    category: '食品/茶叶',
    prefix: 'CHA',
    glyph: 'leaf',
    hue: 110,
    price: 8800,
    weightG: 300,
    variants: ['125g', '250g'],
    names: '明前龙井 碧螺春 安溪铁观音 正山小种 武夷大红袍 云南滇红 黄山毛峰 信阳毛尖 茉莉花茶 老白茶',
  },
  {
    category: '食品/水果',
    prefix: 'GUO',
    glyph: 'fruit',
    hue: 10,
    price: 3900,
    weightG: 2500,
    variants: ['5斤装', '9斤装'],
    names:
      '烟台红富士苹果 赣南脐橙 库尔勒香梨 海南芒果 攀枝花枇杷 大连樱桃 广西砂糖橘 新疆哈密瓜 陕西猕猴桃 阳山水蜜桃',
  },
  {
    category: '家居/茶具',
    prefix: 'BEI',
    glyph: 'cup',
    hue: 200,
    price: 6900,
    weightG: 700,
    variants: ['单只', '礼盒'],
    names: '青瓷盖碗 汝窑茶杯 紫砂壶 玻璃公道杯 白瓷茶壶 建盏主人杯 竹制茶盘 旅行茶具 陶土茶叶罐 手绘马克杯',
  },
  {
    category: '食品/调味',
    prefix: 'WEI',
    glyph: 'jar',
    hue: 28,
    price: 1990,
    weightG: 500,
    variants: ['小罐', '大罐'],
    names: '郫县豆瓣酱 老干妈风味辣酱 黄豆酱 芝麻酱 桂花蜜 枣花蜂蜜 蒜蓉辣酱 香菇肉酱 剁椒 花椒油',
  },
  {
    category: '食品/零食',
    prefix: 'LIN',
    glyph: 'bag',
    hue: 45,
    price: 2590,
    weightG: 400,
    variants: ['200g', '500g'],
    names: '每日坚果 临安山核桃 新疆红枣 手剥松子 碧根果 芒果干 牛肉干 鱿鱼丝 锅巴 海苔脆',
  },
  {
    category: '服饰/上衣',
    prefix: 'YIF',
    glyph: 'shirt',
    hue: 220,
    price: 12900,
    weightG: 350,
    variants: ['M码', 'L码'],
    names: '纯棉圆领T恤 亚麻衬衫 连帽卫衣 针织开衫 速干运动衫 法兰绒格子衬衫 轻薄羽绒服 防晒衣 羊毛背心 牛仔外套',
  },
  {
    category: '家居/灯具',
    prefix: 'DEN',
    glyph: 'lamp',
    hue: 50,
    price: 15900,
    weightG: 1200,
    variants: ['暖光', '可调光'],
    names: '护眼台灯 床头小夜灯 落地阅读灯 竹编吊灯 氛围灯带 充电露营灯 陶瓷台灯 书桌夹灯 感应橱柜灯 月球灯',
  },
  {
    category: '个护/洗护',
    prefix: 'XIH',
    glyph: 'bottle',
    hue: 175,
    price: 4990,
    weightG: 550,
    variants: ['300ml', '500ml'],
    names:
      '氨基酸洗发水 生姜护发素 山茶花沐浴露 薄荷洗手液 艾草香皂液 玫瑰身体乳 金缕梅爽肤水 儿童洗发沐浴露 茶树洁面乳 护手霜',
  },
  {
    category: '文具/图书',
    prefix: 'SHU',
    glyph: 'book',
    hue: 265,
    price: 3580,
    weightG: 450,
    variants: ['平装', '精装'],
    names: '城市漫步手账 唐诗三百首 家常菜谱 植物图鉴 儿童地图册 水彩入门 茶经译注 二十四节气 星空观测手册 书法字帖',
  },
  {
    category: '母婴/玩具',
    prefix: 'WAN',
    glyph: 'toy',
    hue: 325,
    price: 7900,
    weightG: 800,
    variants: ['基础款', '豪华款'],
    names: '木质积木 拼图地球 毛绒熊猫 磁力片 儿童滑板车 沙滩玩具 音乐摇铃 恐龙模型 遥控小车 过家家厨房',
  },
];

/** 200 products, the same every time. */
export function demoProducts(): DemoProduct[] {
  return SHELVES.flatMap((shelf, s) =>
    shelf.names.split(' ').flatMap((name, n) =>
      shelf.variants.map((variant, v): DemoProduct => {
        const serial = s * 20 + n * 2 + v;
        return {
          code: `${shelf.prefix}-${String(n + 1).padStart(3, '0')}${v === 0 ? 'A' : 'B'}`,
          title: `${name} ${variant}`,
          category: shelf.category,
          glyph: shelf.glyph,
          hue: (shelf.hue + n * 11 + v * 5) % 360,
          price: Math.round((shelf.price * (1 + ((n * 37) % 100) / 100) * (v === 0 ? 1 : 1.8)) / 10) * 10,
          weightG: shelf.weightG * (v + 1),
          barcode: withCheckDigit(`6900000${String(serial).padStart(5, '0')}`),
        };
      }),
    ),
  );
}

/** EAN-13 of twelve digits; the prefix 690 0000 is given to nobody. */
function withCheckDigit(twelve: string): string {
  const sum = [...twelve].reduce((n, d, i) => n + Number(d) * (i % 2 === 0 ? 1 : 3), 0);
  return twelve + String((10 - (sum % 10)) % 10);
}
