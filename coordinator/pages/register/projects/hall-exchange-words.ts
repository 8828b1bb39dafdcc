const zh = {
  title: '与会堂交接',
  handOver: '送交会堂',
  handOverHint: '把冻结的清单和票决事项放入与会堂共用的文件夹；会务在会务页“重新读取文件”后即列入议程。',
  handedOver: '已放入共用文件夹，请会务重新读取文件',
  noFolder: '未设共用文件夹：请下载上面的议程和清单全文，拷到会堂的 hall.yaml 所在文件夹。',
  takeBack: '取回结果',
  takeHint: '会堂宣布结果后，由会务导出存证包。存证包在此完整核验后才录入结果，没有人填写数字。',
  inFolder: '共用文件夹中的存证包',
  none: '还没有存证包',
  fromFile: '选择存证包文件',
  verifying: '正在核验，大会场可能需要几分钟…',
  done: (chosen: number) => `核验通过，入选 ${chosen} 件，已公布到每条建议`,
  noKey: 'register.yaml 未写会场公钥（hall.key），无法核验；请从会场主机启动时的显示抄录。',
  megabytes: (mb: string, when: string) => `${mb} MB，${when}`,
};
const en: typeof zh = {
  title: 'To and from the hall',
  handOver: 'Hand over to the hall',
  handOverHint:
    'Puts the frozen list and its vote into the folder in common; when the operator has the files read again, it is on the agenda.',
  handedOver: 'It lies in the folder in common; the operator has the files read again',
  noFolder:
    'No folder in common is named: download agenda and list above, and put them beside the hall’s hall.yaml.',
  takeBack: 'Take the result back',
  takeHint:
    'When the hall has announced, the operator exports the bundle. It is verified whole before its result is entered; nobody types a number.',
  inFolder: 'Bundles in the folder in common',
  none: 'No bundle yet',
  fromFile: 'Choose a bundle’s file',
  verifying: 'Verifying; for a large hall this takes minutes…',
  done: (chosen) => `Verified: ${chosen} are chosen, and every proposer can see it`,
  noKey:
    'register.yaml has no hall.key to verify with; copy it from what the hall’s coordinator prints at its start.',
  megabytes: (mb, when) => `${mb} MB, ${when}`,
};

/** Every word of what goes between register and hall. */
export const exchangeWords = { zh, en };
