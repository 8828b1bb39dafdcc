import { TERMS } from '../../../../shared/terms.ts';
import type { WorkbookWords } from '../parts/workbook-exchange.ts';

/** And what can be taken away. */
interface TableWords extends WorkbookWords {
  readonly projects: string;
  readonly proposals: string;
}

const zh: TableWords = {
  title: '用表格编辑',
  projects: '下载项目表（XLSX）',
  proposals: '下载建议表（XLSX）',
  bring: '上传改好的项目表',
  hint: '在 Excel 或 WPS 中修改后上传；先列出会改什么，确认后才改。表中没有的行和列保持不变，同一张表再传一次不会重复。',
  reading: '正在读取…',
  nothing: '与现有内容相同，没有要改的',
  added: (n: number) => `新增项目 ${n} 件`,
  changed: (n: number) => `修改 ${n} 处`,
  refused: (n: number) => `以下 ${n} 处有问题，相应项目不会改动`,
  field: TERMS.item.zh,
  column: '栏目',
  before: '原为',
  after: '改为',
  confirm: (n: number) => `确认修改（${n} 件）`,
  cancel: '放弃',
  done: (n: number) => `已修改 ${n} 件`,
  changedMeanwhile: '其间内容有变，请重新核对后再确认',
};
const en: TableWords = {
  title: 'Edit as a table',
  projects: 'Download the projects (XLSX)',
  proposals: 'Download the proposals (XLSX)',
  bring: 'Bring the edited projects back',
  hint: 'Edit in Excel or LibreOffice and bring it back: first you see what would change, and nothing does before you confirm. Missing rows and columns change nothing; the same table twice does nothing the second time.',
  reading: 'Reading…',
  nothing: 'It says what is so already; there is nothing to change',
  added: (n) => `${n} projects are new`,
  changed: (n) => `${n} cells are other than before`,
  refused: (n) => `${n} are not right; nothing is done to the projects they speak of`,
  field: 'Project',
  column: 'Column',
  before: 'Before',
  after: 'After',
  confirm: (n) => `Confirm (${n} projects)`,
  cancel: 'Discard',
  done: (n) => `${n} projects were changed`,
  changedMeanwhile: 'Something has changed meanwhile; look again before you confirm',
};

/** Every word of projects as a table. */
export const tableWords = { zh, en };
