import type { ThemeConfig } from 'antd';

const FONT =
  "'Noto Sans SC Variable', -apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** Tokens of the house: calm, dense, one blue for what can be pressed. The algorithm (light, dark) is added by the app. */
export const tokens: ThemeConfig = {
  token: {
    colorPrimary: '#2455c8',
    colorInfo: '#2455c8',
    colorSuccess: '#16a34a',
    colorWarning: '#c77a0a',
    colorError: '#cf2f34',
    borderRadius: 6,
    fontFamily: FONT,
    fontSize: 14,
    controlHeight: 32,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Table: { cellPaddingBlockSM: 8, cellPaddingInlineSM: 10, headerBorderRadius: 0 },
    Card: { headerHeight: 46, headerFontSize: 15, bodyPadding: 16 },
    Descriptions: { itemPaddingBottom: 8 },
    Tabs: { horizontalItemPadding: '10px 0', horizontalMargin: '0 0 16px 0' },
  },
};
