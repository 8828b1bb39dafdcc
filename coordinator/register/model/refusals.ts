/** Why an act is not done, with one sentence for the person who tried. */
export const REGISTER_REFUSALS = {
  'not-allowed': { zh: '您的角色不能进行此操作', en: 'Your role may not do this' },
  'second-person': { zh: '此操作须由另一人确认', en: 'Another person must confirm this' },
  'no-second-person': {
    zh: '名单中没有可以确认此操作的另一人',
    en: 'There is nobody else on the list who could confirm this',
  },
  'same-person': { zh: '不能由本人确认', en: 'Nobody confirms what they proposed themselves' },
  'not-waiting': { zh: '此操作已不在等待确认', en: 'This is no longer waiting to be confirmed' },
  'too-many-waiting': {
    zh: '等待确认的操作过多，请先处理已有的',
    en: 'Too many acts are waiting; settle some of them first',
  },
  'unknown-cycle': { zh: '没有此年度', en: 'There is no such cycle' },
  'cycle-backwards': {
    zh: '征集结束日期早于开始日期',
    en: 'The last day of collection is before the first',
  },
  'cycle-decided': { zh: '该年度清单已表决', en: 'The list of this cycle has been voted on' },
  'not-collecting': {
    zh: '该年度不在征集期内',
    en: 'Proposals for this cycle are not being collected now',
  },
  'proposal-twice': { zh: '此编号已使用，请重试', en: 'This number is taken; try again' },
  'paper-needs-scan': {
    zh: '来信、来电等须附扫描件或记录',
    en: 'What came on paper or by telephone needs its scan or its note attached',
  },
  'unknown-attachment': {
    zh: '附件未上传成功，请重新添加',
    en: 'An attachment was not uploaded; add it again',
  },
  'online-only': { zh: '未登录者只能网上提交', en: 'Without an account, proposals come online only' },
  'no-body': {
    zh: '您的账号未指定所属部门，请联系管理员',
    en: 'Your account names no department; ask the administrator',
  },
  'unknown-proposal': { zh: '没有此建议', en: 'There is no such proposal' },
  'already-answered': { zh: '此建议已答复', en: 'This proposal has been answered' },
  'already-cleared': { zh: '文字已核对公开', en: 'The wording has been cleared already' },
  'already-erased': { zh: '个人信息已清除', en: 'The personal data has been erased already' },
  'seconded-already': { zh: '您已附议', en: 'You have seconded it already' },
  'own-proposal': { zh: '不能附议本人的建议', en: 'Nobody seconds their own proposal' },
  'unknown-category': { zh: '没有此类别', en: 'There is no such category' },
  'unknown-area': { zh: '没有此区域', en: 'There is no such area' },
  'unknown-ground': { zh: '没有此不列入情形', en: 'There is no such ground of exclusion' },
  'merge-itself': { zh: '不能并入自身', en: 'A proposal is not merged into itself' },
  'merge-chain': {
    zh: '目标建议本身已并入其他建议，请并入最终的一件',
    en: 'That proposal is merged into another one itself; merge into the last of them',
  },
  'merged-into-this': {
    zh: '已有建议并入此件，不能再将其并入他件',
    en: 'Others are merged into this one; it is not merged away',
  },
  'merge-target-open': {
    zh: '有建议并入的目标建议尚未拟定答复',
    en: 'A proposal is merged into one that has no answer yet; draft that one first',
  },
  'other-cycle': { zh: '不属于同一年度', en: 'It belongs to another cycle' },
  'nothing-drafted': { zh: '没有拟定的答复', en: 'No answer has been drafted' },
  'others-drafted': {
    zh: '拟定的答复数与您看到的不同，请刷新后再公布',
    en: 'There are more or fewer drafted answers than you saw; look again and release then',
  },
  'wording-not-cleared': {
    zh: '尚有拟采纳的建议未核对文字',
    en: 'The wording of a proposal that is to be adopted has not been cleared',
  },
  'unknown-project': { zh: '没有此项目', en: 'There is no such project' },
  'project-twice': { zh: '此项目编号已使用', en: 'There is a project of this id already' },
  'project-fixed': {
    zh: '项目已列入清单或已表决，不能修改',
    en: 'The project is on a frozen list, or was voted on; it does not change',
  },
  'other-sheet': {
    zh: '您打开之后，此项目已被他人修改；请核对改动后再保存',
    en: 'Somebody has changed this project since you opened it; look at what has changed, then save again',
  },
  'not-a-draft': { zh: '此项目不是草案', en: 'This project is no draft' },
  'not-a-candidate': { zh: '此项目不是候选项目', en: 'This project is no candidate' },
  'on-submitted-list': {
    zh: '项目在已提交的清单上，请先重新提交清单',
    en: 'The project is on the list that was handed in; hand in another list first',
  },
  incomplete: { zh: '项目材料不完整', en: 'The project is not complete' },
  'answers-depend': {
    zh: '有建议的答复指向此项目，请先改答',
    en: 'Answers to proposals point to this project; change those first',
  },
  'no-surplus': {
    zh: '候选项目数须多于应选数（差额）',
    en: 'There must be more candidates than places',
  },
  'named-twice': { zh: '清单中有重复项目', en: 'A project stands on the list twice' },
  'nothing-submitted': { zh: '政府尚未提交清单', en: 'No list has been handed in' },
  'list-too-long': {
    zh: '清单全文超过 50 万字，会场的席位收不下；请精简各项目的内容，或合并子项目',
    en: 'The text of the list has more than 500,000 characters, more than the seats of a hall take; say less in the projects, or put parts together',
  },
  'list-frozen': { zh: '清单已冻结', en: 'The list is frozen' },
  'not-frozen': { zh: '清单尚未冻结', en: 'No list is frozen' },
  'other-list': {
    zh: '不是这份清单：内容已改动，或属于另一份清单',
    en: 'This is another list: something in it has changed, or it is a different one',
  },
  'list-was-withdrawn': { zh: '该清单已撤回', en: 'This list was withdrawn' },
  'other-congress': { zh: '不是本级人民代表大会的表决', en: 'Another congress has voted there' },
  'bundle-twice': { zh: '此结果包已录入', en: 'This bundle has been entered already' },
  'other-candidates': {
    zh: '表决的候选项目与清单不一致',
    en: 'The candidates that were voted on are not those of the list',
  },
  'tie-open': {
    zh: '末位同票尚未再次投票',
    en: 'Several are level for the last place; the vote on them is still to come',
  },
  'too-many-chosen': { zh: '当选数多于应选数', en: 'More were chosen than there are places' },
  'counts-impossible': {
    zh: '票数与人数不符',
    en: 'The counts do not fit the number of those present',
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
export type RegisterRefusal = keyof typeof REGISTER_REFUSALS;
