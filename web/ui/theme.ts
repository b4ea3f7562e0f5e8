import type { ThemeConfig } from 'antd';

const FONT =
  "'Noto Sans SC Variable', -apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

const LIGHT = {
  colorPrimary: '#2455c8',
  colorInfo: '#2455c8',
  colorLink: '#2455c8',
  colorSuccess: '#16a34a',
  colorWarning: '#c77a0a',
  colorError: '#cf2f34',
};

/** On a dark ground the same hues need more light to be read; surfaces are those of base.css. */
const DARK = {
  colorPrimary: '#5b86ee',
  colorInfo: '#6f97f2',
  colorLink: '#6f97f2',
  colorSuccess: '#3dbd82',
  colorWarning: '#e0a24a',
  colorError: '#f07177',
  colorBgContainer: '#181c22',
  colorBgElevated: '#20252d',
};

/** Whoever asks the system for less motion gets none from Ant Design: cut short by CSS alone its lists open in the wrong place. */
const STILL = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;

/** Tokens of the house: calm, dense, one blue for what can be pressed. The algorithm (light, dark) is added by the app. */
export const tokens = (dark: boolean): ThemeConfig => ({
  token: {
    ...(dark ? DARK : LIGHT),
    borderRadius: 6,
    fontFamily: FONT,
    fontSize: 14,
    controlHeight: 32,
    motion: !STILL,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Table: { cellPaddingBlockSM: 8, cellPaddingInlineSM: 10, headerBorderRadius: 0 },
    Tabs: { horizontalItemPadding: '10px 0', horizontalMargin: '0 0 16px 0' },
  },
});
