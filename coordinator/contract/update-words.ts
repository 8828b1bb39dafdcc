import type { Rollback, UpdateRefusal } from '../../shared/update/messages.ts';

type Words = { readonly zh: string; readonly en: string };

/** What became of an update, one sentence each. */
export const UPDATE_WORDS: {
  readonly refused: Readonly<Record<UpdateRefusal, Words>>;
  readonly rolledBack: Readonly<Record<Rollback, Words>>;
} = {
  refused: {
    'no-release-key': {
      zh: '没有发布公钥，不接受更新',
      en: 'No release key is pinned, so nothing is taken',
    },
    malformed: { zh: '不是完整的更新包', en: 'This is no whole package' },
    'not-signed': { zh: '不是用发布密钥签名的', en: 'It is not signed with the release key' },
    older: { zh: '不比现有版本新', en: 'It is not newer than the version there' },
    'wrong-machine': { zh: '处理器类型不符', en: 'It is for another kind of processor' },
    'wrong-node': { zh: 'Node.js 版本不符', en: 'It is for another version of Node.js' },
    altered: { zh: '内容与签名不符', en: 'A file is not what was signed' },
    'no-room': { zh: '存储空间不足', en: 'There is no room for it' },
    unavailable: { zh: '没有取得更新包', en: 'It could not be fetched' },
    disk: { zh: '存储故障', en: 'The disk did not take it' },
  },
  rolledBack: {
    crashed: { zh: '新版本启动失败', en: 'The new version did not stay up' },
    'no-coordinator': { zh: '新版本连不上主机', en: 'The new version did not reach the coordinator' },
    'no-page': { zh: '新版本没有画面', en: 'The new version drew no page' },
    damaged: { zh: '新版本的文件已损坏', en: 'Files of the new version are damaged' },
    hung: { zh: '新版本没有反应', en: 'The new version did nothing' },
  },
};
