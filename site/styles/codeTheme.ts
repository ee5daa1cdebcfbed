/**
 * Colors of code: ink on paper, and three quiet hues that are no carrier's and no verdict's.
 * Every pair passes 4.5:1 on its ground.
 */
import { ExpressiveCodeTheme } from '@astrojs/starlight/expressive-code';

interface Inks {
  ground: string;
  ink: string;
  muted: string;
  keyword: string;
  text: string;
  constant: string;
}

const light: Inks = {
  ground: '#f2efe7',
  ink: '#1b1d22',
  muted: '#565a64',
  keyword: '#2c4f78',
  text: '#55601f',
  constant: '#7c4a52',
};

const dark: Inks = {
  ground: '#1b1f28',
  ink: '#e9e7e0',
  muted: '#a6abb7',
  keyword: '#9cc0e6',
  text: '#c5cb8b',
  constant: '#deb4bb',
};

export const codeThemes = [themeOf('dark', dark), themeOf('light', light)];

function themeOf(type: 'dark' | 'light', inks: Inks): ExpressiveCodeTheme {
  return new ExpressiveCodeTheme({
    name: `handshake-${type}`,
    type,
    colors: { 'editor.background': inks.ground, 'editor.foreground': inks.ink },
    settings: [
      { settings: { foreground: inks.ink, background: inks.ground } },
      rule(inks.muted, ['comment', 'punctuation.definition.comment']),
      rule(inks.keyword, [
        'keyword',
        'storage',
        'entity.name.tag',
        'keyword.operator.expression',
        'keyword.operator.new',
      ]),
      rule(inks.ink, [
        'keyword.operator',
        'storage.type.function.arrow',
        'punctuation',
        'variable',
      ]),
      rule(inks.text, ['string', 'punctuation.definition.string', 'string.regexp']),
      rule(inks.constant, [
        'constant',
        'constant.language',
        'support.constant',
        'entity.other.attribute-name',
      ]),
    ],
  });
}

function rule(foreground: string, scope: string[]) {
  return { scope, settings: { foreground } };
}
