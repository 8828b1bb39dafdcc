import { TERMS } from '../../../../shared/terms.ts';
import type { WorkbookWords } from '../parts/workbook-exchange.ts';

/** And what can be taken away. */
interface TableWords extends WorkbookWords {
  readonly reports: string;
}

const zh: TableWords = {
  title: '用表格填报',
  reports: '下载计划与月报表（XLSX）',
  bring: '上传填好的表',
  hint: '在 Excel 或 WPS 中填写后上传；先列出会改什么，确认后才报送。空白的行不算，同一张表再传一次不会重复；佐证材料须在网页上添加。',
  reading: '正在读取…',
  nothing: '没有要报送的新内容',
  added: (n: number) => `新报 ${n} 份`,
  changed: (n: number) => `与此前数值不同的 ${n} 处`,
  refused: (n: number) => `以下 ${n} 处有问题，相应的计划或月报不会报送`,
  field: TERMS.item.zh,
  column: '栏目',
  before: '此前',
  after: '填报',
  confirm: (n: number) => `确认报送（${n} 份）`,
  cancel: '放弃',
  done: (n: number) => `已报送 ${n} 份`,
  changedMeanwhile: '其间内容有变，请重新核对后再确认',
};
const en: TableWords = {
  title: 'Fill in as a table',
  reports: 'Download plans and reports (XLSX)',
  bring: 'Bring the table back',
  hint: 'Fill it in with Excel or LibreOffice and bring it back: first you see what would change, and nothing is handed in before you confirm. Empty rows say nothing; the same table twice does nothing the second time. Evidence is added on the page.',
  reading: 'Reading…',
  nothing: 'It says nothing new',
  added: (n) => `${n} are new`,
  changed: (n) => `${n} figures are other than before`,
  refused: (n) => `${n} are not right; those plans or reports are not handed in`,
  field: 'Project',
  column: 'Column',
  before: 'Before',
  after: 'Now',
  confirm: (n) => `Confirm (${n})`,
  cancel: 'Discard',
  done: (n) => `${n} were handed in`,
  changedMeanwhile: 'Something has changed meanwhile; look again before you confirm',
};

/** Every word of plans and reports as a table. */
export const reportsTableWords = { zh, en };
