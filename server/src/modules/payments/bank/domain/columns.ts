import type { Column } from '#kernel/transfers/index.ts';

/** The columns of a statement, by the names the large banks give them. A movement is in two columns, or in one with a mark or a sign. */
export const COLUMNS: readonly Column[] = [
  {
    name: 'at',
    aliases: ['交易时间', '交易日期', '记账日期', '入账日期', '交易日', '日期', '入账时间', 'date', 'transaction date'],
    required: true,
    example: '2026-11-28 10:15:00',
  },
  { name: 'clock', aliases: ['交易时刻', '时间', '交易时间点', 'time'], example: '' },
  {
    name: 'income',
    aliases: ['收入', '收入金额', '贷方发生额', '贷方金额', '贷方', '转入金额', '存入金额', '收款金额', 'credit'],
    example: '199.00',
  },
  {
    name: 'outgo',
    aliases: ['支出', '支出金额', '借方发生额', '借方金额', '借方', '转出金额', '支取金额', '付款金额', 'debit'],
    example: '',
  },
  { name: 'amount', aliases: ['金额', '交易金额', '发生额'], example: '' },
  { name: 'side', aliases: ['借贷标志', '借贷', '借贷方向', '收支', '收支标志', '交易方向'], example: '' },
  { name: 'balance', aliases: ['余额', '账户余额', '本次余额', '可用余额'], example: '10199.00' },
  { name: 'currency', aliases: ['币种', '货币'], example: 'CNY' },
  {
    name: 'ref',
    aliases: ['流水号', '交易流水号', '交易流水', '核心流水号', '凭证号', '交易参考号', '业务流水号', '流水号码'],
    example: 'B202611280001',
  },
  { name: 'remark', aliases: ['附言', '备注', '交易附言', '用途', '留言'], example: 'P261128000000000001' },
  { name: 'summary', aliases: ['摘要', '交易摘要', '交易类型', '业务摘要'], example: '转账' },
  {
    name: 'party',
    aliases: [
      '对方户名',
      '对方账户名称',
      '对方名称',
      '对方单位名称',
      '收(付)方名称',
      '收/付方名称',
      '交易对手名称',
      '对方账户名',
    ],
    example: '王小明',
  },
  {
    name: 'party_account',
    aliases: ['对方账号', '对方账户', '收(付)方账号', '收/付方账号', '交易对手账号'],
    example: '6222000000001234',
  },
  { name: 'party_bank', aliases: ['对方开户行', '对方行名', '对方开户机构', '收(付)方开户行名'], example: '招商银行' },
];
