import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** Pages run libsodium's WebAssembly build. */
const IN_BROWSER = [
  {
    find: /^\.\/sodium\.ts$/,
    replacement: fileURLToPath(new URL('shared/belenios/sodium-browser.ts', import.meta.url)),
  },
];

/** The pages of a hall with their titles, and those of a register: each begins with `<name>/<name>-page.ts`, and is its element. */
const HALL_PAGES = {
  index: '',
  hall: '会场大屏',
  chair: '主持人',
  operator: '会务',
  scrutineer: '监票',
  auditor: '审计',
  admin: '人员管理',
  account: '我的账户',
  receipts: '回执码',
};
const REGISTER_PAGES = {
  desk: '征集筛选',
  projects: '项目与清单',
  works: '实施监督',
  reports: '计划与月报',
  visits: '现场监督',
  voices: '现场留言',
  notices: '公示与报告',
  admin: '人员管理',
  account: '我的账户',
};

interface Page {
  /** What the bundler calls what it loads. */
  readonly entry: string;
  /** Where it comes out, below the folder of all that is built. */
  readonly file: string;
  /** Its addresses in development: where both programs have a page of that name, a register's has one of its own. */
  readonly paths: readonly string[];
  readonly html: string;
}

function pageOf(name: string, title: string, of: 'hall' | 'register'): Page {
  const folder = of === 'hall' ? `coordinator/pages/${name}` : `coordinator/pages/register/${name}`;
  const element = of === 'hall' ? `hv-${name}` : `hv-register-${name}`;
  const product = of === 'hall' ? '会堂表决' : '民生实事项目库';
  const html = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title === '' ? product : `${title} · ${product}`}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/coordinator/pages/parts/theme.css" />
    <script type="module" src="/shared/jitless.ts"></script>
    <script type="module" src="/${folder}/${name}-page.ts"></script>
  </head>
  <body>
    <${element}></${element}>
  </body>
</html>
`;
  const path = name === 'index' ? '/' : `/${name}`;
  return {
    entry: of === 'hall' ? name : `register-${name}`,
    file: `${folder}/${name}.html`,
    paths: of === 'hall' ? [path] : [path, `/register${path}`],
    html,
  };
}

const PAGES: readonly Page[] = [
  ...Object.entries(HALL_PAGES).map(([name, title]) => pageOf(name, title, 'hall')),
  ...Object.entries(REGISTER_PAGES).map(([name, title]) => pageOf(name, title, 'register')),
];

const ROOT = fileURLToPath(new URL('.', import.meta.url));

/** Every page is the same few lines around its element: they are written here, and no file of its own. */
const pages: Plugin = {
  name: 'pages',
  resolveId: (id) => (PAGES.some(({ file }) => file === id) ? join(ROOT, id) : null),
  load: (id) => PAGES.find(({ file }) => join(ROOT, file) === id)?.html ?? null,
  configureServer: (server) => {
    server.middlewares.use((request, response, next) => {
      const [path = ''] = (request.url ?? '').split('?');
      const page = PAGES.find(({ paths }) => paths.includes(path));
      if (!page) return next();
      server.transformIndexHtml(path, page.html).then((html) => {
        response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
      }, next);
    });
  },
};

/** `npm run dev`: a hall that runs beside it (`npm start`) gives the data. */
const RUNNING_HALL = process.env.HALLVOTE_HALL ?? 'http://127.0.0.1:8080';
/** The hall takes requests of its own pages only: these keep the host they were sent to. */
const toHall = { target: RUNNING_HALL, changeOrigin: false };

/** Every page is an entry; both servers serve what comes out of here, from `dist/pages`. */
export default defineConfig({
  resolve: { alias: IN_BROWSER },
  plugins: [pages],
  server: { proxy: { '/api': toHall, '/mqtt': { ...toHall, ws: true } } },
  appType: 'mpa',
  base: '/',
  build: {
    outDir: 'dist/pages',
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // A browser asks for it by a name that stays, beside the page that it keeps.
        entryFileNames: ({ name }) => (name === 'visits-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
      input: {
        ...Object.fromEntries(PAGES.map(({ entry, file }) => [entry, file])),
        'visits-worker': 'coordinator/pages/register/visits/worker/visits-worker.ts',
        seat: 'terminal/screen/seat.html',
        board: 'terminal/screen/board.html',
      },
    },
  },
});
