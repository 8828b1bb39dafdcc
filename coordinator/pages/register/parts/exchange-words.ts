import type { Language } from '../../../../shared/protocol/ids.ts';

const zh = {
  vote: {
    title: '会场表决',
    handOver: '把清单交给会场',
    handOverExplains: '把议程和清单写入与会场交换的文件夹，会场重新读取后即可表决。',
    byHand: '下载上面两个文件，放进会场的文件夹即可表决。',
    bundleExplains: '会场导出的存证包经完整验证、且表决的正是这份清单，才会录入；任何人都不手工输入票数。',
  },
  appraisal: {
    title: '会场测评',
    handOver: '把测评交给会场',
    handOverExplains: '把满意度测评和清单写入与会场交换的文件夹，会场重新读取后即可测评。',
    byHand: 'register.yaml 未写与会场交换的文件夹（hall.folder）；写上并重新启动后即可送交测评。',
    bundleExplains:
      '会场导出的存证包经完整验证、且测评的正是这份清单的项目，才会录入；任何人都不手工输入票数。',
  },
  handedOver: '✓ 已写入交换文件夹',
  bundle: '带回结果',
  noKey: 'register.yaml 未写会场公钥（hall.key），无从验证；写上并重新启动后才能录入。',
  size: (kb: number, when: string) => `${kb} kB · ${when}`,
  take: '验证并录入',
  noBundle: '交换文件夹中没有存证包。',
  again: '重新查看文件夹',
  upload: '或选择存证包文件（.zip）',
  verifying: '正在完整验证，可能需要几分钟……',
  done: (chosen: number) => `✓ 验证通过，已录入：${chosen} 个项目入选`,
  graded: (graded: number) => `✓ 验证通过，已录入：${graded} 个项目的测评`,
};
const en: typeof zh = {
  vote: {
    title: 'The hall’s vote',
    handOver: 'Hand the list to the hall',
    handOverExplains:
      'Leaves agenda and list in the folder that register and hall share; the hall can vote when it has read them.',
    byHand: 'Download both files above and put them into the hall’s folder; then it can be voted on.',
    bundleExplains:
      'The hall’s bundle is entered only when it has been verified whole, and if exactly this list was voted on. Nobody types a count.',
  },
  appraisal: {
    title: 'The hall’s appraisal',
    handOver: 'Hand the appraisal to the hall',
    handOverExplains:
      'Leaves the appraisal and its list in the folder that register and hall share; the hall can grade when it has read them.',
    byHand: 'register.yaml names no hall.folder: write it there and start again to hand the appraisal over.',
    bundleExplains:
      'The hall’s bundle is entered only when it has been verified whole, and if projects of exactly this list were graded. Nobody types a count.',
  },
  handedOver: '✓ Left in the shared folder',
  bundle: 'The result back',
  noKey: 'register.yaml has no hall.key to verify with: write it there and start the register again.',
  size: (kb, when) => `${kb} kB · ${when}`,
  take: 'Verify and enter',
  noBundle: 'There is no bundle in the shared folder.',
  again: 'Look into the folder again',
  upload: 'Or choose a bundle (.zip)',
  verifying: 'Verifying it whole; this may take some minutes…',
  done: (chosen) => `✓ Verified and entered: ${chosen} projects are chosen`,
  graded: (graded) => `✓ Verified and entered: ${graded} projects are graded`,
};

export const exchangeWords: Record<Language, typeof zh> = { zh, en };
