import { defineEcConfig } from '@astrojs/starlight/expressive-code';
import { codeThemes } from './site/styles/codeTheme.ts';
import { lineAnchors } from './site/styles/lineAnchors.ts';

export default defineEcConfig({
  themes: codeThemes,
  useStarlightUiThemeColors: false,
  minSyntaxHighlightingColorContrast: 4.5,
  plugins: [lineAnchors()],
  defaultProps: { wrap: true, preserveIndent: true, frame: 'none' },
  styleOverrides: {
    borderRadius: '3px',
    borderWidth: '1.5px',
    borderColor: 'var(--rule)',
    codeBackground: 'var(--surface)',
    codeForeground: 'var(--ink)',
    codeFontSize: 'var(--code-size)',
    codeLineHeight: '1.6',
    codePaddingBlock: '0.85rem',
    codePaddingInline: '1rem',
    focusBorder: 'var(--ink)',
    uiFontFamily: 'var(--sl-font)',
    uiFontSize: '0.8125rem',
    scrollbarThumbColor: 'var(--rule)',
    scrollbarThumbHoverColor: 'var(--muted)',
    frames: {
      frameBoxShadowCssValue: 'none',
      inlineButtonBackground: 'var(--ink)',
      inlineButtonForeground: 'var(--ink)',
      inlineButtonBorder: 'var(--muted)',
      tooltipSuccessBackground: 'var(--ink)',
      tooltipSuccessForeground: 'var(--ground)',
    },
    textMarkers: {
      markBackground: 'var(--mark)',
      markBorderColor: 'var(--ink)',
      insBackground: 'var(--ins)',
      insBorderColor: 'var(--connected)',
      insDiffIndicatorColor: 'var(--connected)',
      delBackground: 'var(--del)',
      delBorderColor: 'var(--refused)',
      delDiffIndicatorColor: 'var(--refused)',
      lineMarkerAccentWidth: '3px',
    },
  },
});
