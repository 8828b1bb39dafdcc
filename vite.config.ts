import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** Pages run libsodium's WebAssembly build. */
const IN_BROWSER = [
  {
    find: /^\.\/sodium\.ts$/,
    replacement: fileURLToPath(new URL('shared/belenios/sodium-browser.ts', import.meta.url)),
  },
];

const PAGES = ['hall', 'chair', 'operator', 'scrutineer', 'auditor', 'admin', 'account', 'receipts'];
/** Those of a register; where it has the name of one of the hall's, `/register/<name>` in development. */
const REGISTER_PAGES = [
  'desk',
  'projects',
  'works',
  'reports',
  'visits',
  'voices',
  'notices',
  'admin',
  'account',
];

/** The source of the page at this address; null where it is none. */
function sourceOf(path: string): string | null {
  const page = path === '/' ? 'index' : PAGES.find((name) => path === `/${name}`);
  if (page !== undefined) return `/coordinator/pages/${page}/${page}.html`;
  const found = REGISTER_PAGES.find((name) => path === `/${name}` || path === `/register/${name}`);
  return found === undefined ? null : `/coordinator/pages/register/${found}/${found}.html`;
}

/** `npm run dev`: a hall that runs beside it (`npm start`) gives the data. */
const RUNNING_HALL = process.env.HALLVOTE_HALL ?? 'http://127.0.0.1:8080';
/** The hall takes requests of its own pages only: these keep the host they were sent to. */
const toHall = { target: RUNNING_HALL, changeOrigin: false };

/** From a page's address in a hall to its source. */
const fromPagesOfAHall: Plugin = {
  name: 'from-pages-of-a-hall',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      const [path = '', query] = (request.url ?? '').split('?');
      const source = sourceOf(path);
      if (source === null) return next();
      const location = `${source}${query === undefined ? '' : `?${query}`}`;
      response.writeHead(302, { location }).end();
    });
  },
};

/** Every page is an entry; both servers serve what comes out of here, from `dist/pages`. */
export default defineConfig({
  resolve: { alias: IN_BROWSER },
  plugins: [fromPagesOfAHall],
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
        index: 'coordinator/pages/index/index.html',
        hall: 'coordinator/pages/hall/hall.html',
        chair: 'coordinator/pages/chair/chair.html',
        operator: 'coordinator/pages/operator/operator.html',
        scrutineer: 'coordinator/pages/scrutineer/scrutineer.html',
        auditor: 'coordinator/pages/auditor/auditor.html',
        admin: 'coordinator/pages/admin/admin.html',
        account: 'coordinator/pages/account/account.html',
        receipts: 'coordinator/pages/receipts/receipts.html',
        'register-reports': 'coordinator/pages/register/reports/reports.html',
        'register-desk': 'coordinator/pages/register/desk/desk.html',
        'register-projects': 'coordinator/pages/register/projects/projects.html',
        'register-works': 'coordinator/pages/register/works/works.html',
        'register-voices': 'coordinator/pages/register/voices/voices.html',
        'register-notices': 'coordinator/pages/register/notices/notices.html',
        'register-admin': 'coordinator/pages/register/admin/admin.html',
        'register-account': 'coordinator/pages/register/account/account.html',
        'register-visits': 'coordinator/pages/register/visits/visits.html',
        'visits-worker': 'coordinator/pages/register/visits/worker/visits-worker.ts',
        seat: 'terminal/screen/seat.html',
        board: 'terminal/screen/board.html',
      },
    },
  },
});
