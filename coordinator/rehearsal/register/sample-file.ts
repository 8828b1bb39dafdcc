/** What `hallvote register init` writes: a city's register, its staff invented. */
export const sampleRegisterFile = (
  tls: 'on' | 'off',
): string => `# 民生实事项目库配置 · a register of livelihood projects
register: { id: yunxi, name: { zh: 云溪市民生实事项目库, en: Livelihood projects of Yunxi } }
congress: { name: { zh: 云溪市第九届人民代表大会, en: Ninth People’s Congress of Yunxi } }
# city 市, county 县区, town 镇
level: city

# 谁做什么 · who does what: government-office 政府办, congress-office 人大办, department 政府部门, deputy 代表,
# standing-committee 常委会, supervision-group 监督小组, auditor 审计, administrator 管理员
staff:
  - { id: admin, name: 孙健, roles: [administrator] }
  - { id: gov, name: 王琳, roles: [government-office] }
  - { id: gov2, name: 何晓, roles: [government-office] }
  - { id: congress, name: 李静, roles: [congress-office] }
  - { id: congress2, name: 陈立, roles: [congress-office] }
  - { id: committee, name: 杨凯, roles: [standing-committee] }
  - { id: auditor, name: 赵严, roles: [auditor] }
  - { id: transport, name: 郑桥, roles: [department], body: transport }
  - { id: education, name: 许文, roles: [department], body: education }
  - { id: deputy1, name: 周敏, roles: [deputy] }
  - { id: deputy2, name: 吴刚, roles: [deputy] }

# 责任单位 · who carries projects out
bodies:
  - { id: transport, name: { zh: 市交通运输局, en: Transport Bureau } }
  - { id: education, name: { zh: 市教育局, en: Education Bureau } }
  - { id: health, name: { zh: 市卫生健康委, en: Health Commission } }
  - { id: civil-affairs, name: { zh: 市民政局, en: Civil Affairs Bureau } }
  - { id: housing, name: { zh: 市住房城乡建设局, en: Housing and Construction Bureau } }
  - { id: water, name: { zh: 市水务局, en: Water Bureau } }
  - { id: labour, name: { zh: 市人力资源社会保障局, en: Human Resources Bureau } }
  - { id: city-management, name: { zh: 市城市管理局, en: City Management Bureau } }
  - { id: veterans, name: { zh: 市退役军人事务局, en: Veterans Affairs Bureau } }
  - { id: culture, name: { zh: 市文化旅游体育局, en: 'Culture, Tourism and Sports Bureau' } }
areas:
  - { id: city, name: { zh: 全市, en: Whole city } }
  - { id: east, name: { zh: 东河区, en: Donghe District } }
  - { id: west, name: { zh: 西山区, en: Xishan District } }
  - { id: north, name: { zh: 北塘县, en: Beitang County } }
  - { id: south, name: { zh: 南埠县, en: Nanbu County } }
# 资金来源 · where money comes from
sources:
  - { id: city, name: { zh: 市级财政, en: City budget } }
  - { id: county, name: { zh: 县区财政, en: County budgets } }
  - { id: upper, name: { zh: 上级补助, en: Grants from above } }
  - { id: other, name: { zh: 其他资金, en: Other money } }

# 类别、不列入情形可以自定；不写则用“七有一保障”和四种情形 · categories: and grounds: have the usual lists unless written here

# 开放数据：使用许可（不写则不作声明）、OC4IDS 项目编号前缀、类别对应的行业 · open data: its licence (none is stated unless
# written), the prefix that OC4IDS has given you, and which category is which of its sectors
# openData:
#   licence: { name: { zh: 知识共享署名 4.0, en: CC BY 4.0 }, url: https://creativecommons.org/licenses/by/4.0/ }
#   prefix: oc4ids-bu3kcz
#   sectors: { schooling: education, health: health, housing: waterAndWaste }

# 端口：有 TLS 时网页在 https.port，http.port 只说明如何信任证书 · ports
listen:
  http: { port: 8090 }
  https: { port: 8453 }
# tls: on 加密（默认）；off 则只有本机能打开 · off: this machine only
tls: ${tls}
data: data
`;
