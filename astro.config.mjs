import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import linksValidator from 'starlight-links-validator';
import { csp } from './site/csp.ts';
import { handshake } from './site/integration.ts';
import { sidebar } from './site/sidebar.ts';

// SITE_URL: where the site will stand, for the sitemap. BASE_PATH: the path below it. REPO_URL: the repository, for
// edit and source links; without it the site shows its own sources.
const { SITE_URL = 'http://localhost:4321', BASE_PATH = '/' } = process.env;

export default defineConfig({
  site: SITE_URL,
  base: BASE_PATH,
  srcDir: '.',
  security: { csp },
  markdown: { syntaxHighlight: false },
  integrations: [
    starlight({
      title: 'Handshake',
      description:
        'A course on authenticating Socket.IO, with servers that run and a test for every claim.',
      favicon: '/favicon.svg',
      lastUpdated: true,
      credits: false,
      disable404Route: true,
      customCss: [
        './site/styles/fonts.css',
        './site/styles/tokens.css',
        './site/styles/theme.css',
        './site/styles/frame.css',
        './site/styles/toc.css',
        './site/styles/prose.css',
        './site/styles/tables.css',
        './site/styles/media.css',
      ],
      components: {
        MarkdownContent: './site/components/MarkdownContent.astro',
        Footer: './site/components/Footer.astro',
        Header: './site/components/Header.astro',
        PageTitle: './site/components/PageTitle.astro',
        Search: './site/components/Search.astro',
        Sidebar: './site/progress/Sidebar.astro',
      },
      routeMiddleware: './site/routeData.ts',
      plugins: [linksValidator()],
      sidebar: sidebar(process.cwd()),
    }),
    mdx(),
    sitemap({ filter: (page) => !page.includes('/source/') }),
    handshake(),
  ],
  vite: { build: { rolldownOptions: { checks: { moduleLevelDirective: false } } } },
});
