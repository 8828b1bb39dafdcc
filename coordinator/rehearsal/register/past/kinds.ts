/** A kind of project that congresses choose year after year. */
export interface Kind {
  readonly id: string;
  /** 七有一保障. */
  readonly category: string;
  readonly lead: string;
  readonly zh: string;
  readonly en: string;
  /** One piece of it, as a part is called after its place. */
  readonly piece: string;
  /** How its one line begins and ends: `改造老旧小区 46 个，雨污分流、管线入地`. */
  readonly does: string;
  readonly so: string;
  readonly unit: string;
  /** What one unit costs, and a usual part, in 万元. */
  readonly price: number;
  readonly usual: number;
  /** Who has something of it, and how many of them one unit serves. */
  readonly who: string;
  readonly reach: number;
  readonly content: string;
}

/** A kind a line, its members in their order above. */
const WIDE = `
nursery | childcare | health | 普惠托育托位建设 | Affordable nursery places | 托育点 | 新增普惠托位 | 价格实行政府指导价 | 个 | 3.6 | 1800 | 3岁以下婴幼儿家庭 | 1.4 | 利用社区用房和闲置校舍改建普惠托育点，配备保健室和户外活动场地，按季公布托位使用情况。
playgrounds | childcare | civil-affairs | 社区儿童活动场地 | Play areas for children | 儿童活动场地 | 新建儿童活动场地 | 全部免费开放 | 处 | 48 | 1100 | 儿童 | 260 | 在社区和公园补建儿童活动场地，铺设软质地面，设遮阳和家长看护区。
school-places | schooling | education | 义务教育学位扩容 | More school places | 学校扩建 | 新增学位 | 缓解就近入学压力 | 个 | 6.5 | 16800 | 适龄学生 | 1 | 新建、改扩建义务教育学校，同步配齐教师、操场和实验室，秋季学期投入使用。
school-light | schooling | education | 教室照明和空调改造 | Classroom light and air | 教室改造 | 改造教室 | 达到近视防控标准 | 间 | 2.4 | 1900 | 中小学生 | 45 | 更换教室灯具、黑板灯和空调，暑假期间施工，完工后由第三方检测并逐校公示。
reading | schooling | culture | 城乡书房和文化站提升 | Reading rooms | 书房 | 建成书房 | 晚间和周末开放 | 个 | 65 | 900 | 读者 | 1200 | 新建和提升城乡书房、文化站，配齐图书与数字阅读设备，延长晚间和周末开放时间。
skills | work | labour | 免费职业技能培训 | Free vocational training | 技能培训 | 培训 | 考核合格发证并推荐就业 | 人次 | 0.16 | 620 | 劳动者 | 1 | 面向返乡务工人员、失业人员和高校毕业生开设养老护理、电商、数控等课程。
gig-markets | work | labour | 零工市场建设 | Markets for day labour | 零工市场 | 建成零工市场 | 提供候工、饮水和信息服务 | 个 | 180 | 700 | 灵活就业人员 | 900 | 建设有顶棚、座椅、饮水和厕所的零工市场，免费发布用工信息，调处欠薪纠纷。
clinics | health | health | 村卫生室和社区门诊提升 | Better local clinics | 卫生室 | 提升卫生室 | 门诊费用直接结算 | 个 | 21 | 1700 | 居民 | 1500 | 补齐远程心电、智慧药房等设备，完善无障碍通道和候诊区，实现门诊费用直接结算。
ambulances | health | health | 院前急救站点布局 | Ambulance stations | 急救站 | 新建急救站 | 城区10分钟、农村20分钟到达 | 个 | 420 | 2100 | 居民 | 21000 | 按服务半径补建急救站点，配置救护车和自动体外除颤器，接入统一调度。
screening | health | health | 重点人群免费筛查 | Free screening | 免费筛查 | 免费筛查 | 阳性者全程随访 | 人 | 0.021 | 480 | 重点人群 | 1 | 为适龄妇女、老年人免费开展早期筛查，建立档案，转诊随访率不低于95%。
canteens | old-age | civil-affairs | 社区老年食堂 | Canteens for the elderly | 老年食堂 | 新建老年食堂 | 行动不便者送餐上门 | 个 | 52 | 1300 | 老人 | 240 | 利用社区用房新建老年食堂和助餐点，价格公示，行动不便者送餐上门，接受家属监督。
care-beds | old-age | civil-affairs | 护理型养老床位 | Beds with nursing care | 养老床位 | 新增护理型床位 | 优先保障失能老人 | 张 | 11 | 5200 | 失能老人 | 1 | 改造公办养老机构，新增护理型床位，配备专业护理人员，收费标准公开。
at-home | old-age | civil-affairs | 困难老人家庭适老化改造 | Homes made fit for age | 家庭改造 | 改造家庭 | 逐户设计、逐户验收 | 户 | 0.6 | 560 | 困难老人家庭 | 1 | 为高龄、失能、独居困难老人安装扶手、坡道和紧急呼叫装置，逐户验收。
old-estates | housing | housing | 老旧小区改造 | Renewal of older estates | 老旧小区 | 改造老旧小区 | 雨污分流、管线入地 | 个 | 640 | 17500 | 居民 | 1100 | 改造给排水、供电、路灯和楼道，补建停车位和充电桩，方案经三分之二以上住户同意后实施。
lifts | housing | housing | 既有住宅加装电梯 | Lifts in older buildings | 加装电梯 | 加装电梯 | 统一踏勘和报建 | 部 | 58 | 3900 | 住户 | 36 | 按居民协商一致、一梯一档的办法加装，公开补助标准和施工进度。
rural-roads | housing | transport | 农村公路提升 | Better rural roads | 农村公路 | 提升农村公路 | 安防设施同步到位 | 公里 | 165 | 14200 | 沿线村民 | 640 | 拓宽改造通村公路，消除断头路和临水临崖险段，安防设施与路面同步验收。
bridges | housing | transport | 危桥改造 | Unsafe bridges | 桥梁改造 | 改造危桥 | 汛期前恢复通行 | 座 | 290 | 3600 | 过桥居民 | 1800 | 拆除重建和加固四、五类危桥，增设限载标志和护栏，汛期前恢复通行。
bus-stops | housing | transport | 公交线路和候车亭 | Buses and bus shelters | 候车亭 | 新建候车亭 | 农村客运通达率百分之百 | 座 | 9.5 | 1500 | 乘客 | 420 | 新开和延长公交线路，新建带座椅和雨棚的候车亭，公布到站时间。
parking | housing | city-management | 公共停车位建设 | Public parking | 停车场 | 新增公共停车位 | 学校医院周边优先 | 个 | 5.8 | 4800 | 车主 | 3 | 利用边角地和地下空间新建公共停车场，接入统一平台，学校医院周边优先。
parks | housing | city-management | 口袋公园和绿道 | Small parks and greenways | 口袋公园 | 建成口袋公园 | 出门十分钟见绿 | 个 | 320 | 4200 | 居民 | 2600 | 利用零星空地建设口袋公园，种植乡土树种，配置座椅、照明和直饮水。
markets | housing | city-management | 农贸市场标准化改造 | Renewal of food markets | 农贸市场 | 改造农贸市场 | 快检室和公平秤全覆盖 | 个 | 680 | 3400 | 居民 | 9800 | 改造排水、通风和摊位，设快检室和公平秤，落实活禽区隔离。
toilets | housing | city-management | 城乡公厕提升 | Public toilets | 公厕 | 新建改建公厕 | 无障碍和第三卫生间配套 | 座 | 62 | 1200 | 居民 | 1500 | 在商圈、景区和集镇新建改建公厕，配套无障碍设施，保洁责任到人。
rural-water | housing | water | 饮水管网更新 | New water mains | 供水管网 | 更新管网 | 水质每月检测并公示 | 公里 | 46 | 8800 | 居民 | 520 | 更换老化管道和水表，新建加压站，水质每月检测并在公示栏公布。
floods | housing | water | 易涝点和中小河流治理 | Flood works | 治理段 | 治理河道 | 汛期前具备行洪条件 | 公里 | 780 | 12600 | 沿岸居民 | 2100 | 清淤护岸，改造排涝泵站，完善雨情监测和预警广播，汛期前具备行洪条件。
sewage | housing | water | 污水管网补短板 | Sewers | 污水管网 | 新建污水管网 | 消除直排口 | 公里 | 310 | 11800 | 居民 | 900 | 新建和修复污水管网，消除直排口，路面恢复与管网同步验收。
farm-homes | support | housing | 困难群众危房改造 | Unsafe homes of the poor | 危房改造 | 改造危房 | 入冬前全部入住 | 户 | 7.2 | 1500 | 困难家庭 | 1 | 对低收入群体等重点对象危房应改尽改，统一质量标准，入冬前全部入住。
accessible | support | civil-affairs | 无障碍设施补建 | Ramps and tactile paving | 无障碍设施 | 补建无障碍设施 | 残联代表参与验收 | 处 | 3.4 | 900 | 行动不便者 | 60 | 补建公共场所坡道、盲道和低位服务台，由残疾人代表参与验收。
rehabilitation | support | civil-affairs | 残疾儿童康复救助 | Help for disabled children | 康复救助 | 救助残疾儿童 | 应救尽救 | 人 | 2.2 | 760 | 残疾儿童家庭 | 1 | 为残疾儿童免费提供康复训练和辅助器具，就近安排定点机构。
veterans-service | veterans | veterans | 退役军人服务站提升 | Service points for veterans | 服务站 | 提升服务站 | 就业推荐和优抚一站办理 | 个 | 34 | 760 | 退役军人及家属 | 640 | 规范乡镇街道服务站，配备专职人员，开展就业推荐、优抚办理和心理辅导。
sports | housing | culture | 健身步道和球场 | Paths and playing fields | 健身设施 | 新建健身设施 | 全民健身设施免费开放 | 处 | 75 | 1400 | 居民 | 1700 | 新建健身步道、笼式球场和器材，夜间照明开放到二十一时，专人维护。`;

const OF_TOWNS = `
lanes | housing | works | 村道硬化 | Village lanes | 村道 | 硬化村道 | 通到各组 | 公里 | 42 | 64 | 村民 | 280 | 硬化入组道路，配套边沟和会车道，村民代表参与质量监督。
lamps | housing | works | 村组路灯亮化 | Street lamps | 路灯 | 安装路灯 | 主要路口全覆盖 | 盏 | 0.32 | 22 | 村民 | 12 | 在主干道和路口安装太阳能路灯，明确管护人和报修电话。
meals | old-age | social | 农村幸福院助餐点 | Meals for the elderly | 助餐点 | 开办助餐点 | 每天供应午餐 | 个 | 22 | 34 | 老人 | 45 | 利用闲置村舍开办助餐点，低偿供餐，账目每月上墙。
village-clinic | health | social | 村卫生室改造 | Village clinics | 卫生室 | 改造卫生室 | 慢病用药就近可取 | 个 | 17 | 26 | 村民 | 900 | 改造诊室和药房，配备血压、血糖和心电设备，镇卫生院每周下派医生。
canals | housing | farming | 农田水渠清淤修复 | Field canals | 水渠 | 修复水渠 | 春灌前通水 | 公里 | 31 | 58 | 农户 | 160 | 清淤衬砌末级渠道，更换闸门，春灌前通水。
tap-water | housing | farming | 自来水管更新 | Water pipes | 供水管道 | 更新管道 | 水压水质达标 | 公里 | 16 | 46 | 村民 | 240 | 更换老旧入村管道和水表，消除季节性缺水。
squares | housing | culture | 村民小广场 | Village squares | 小广场 | 建成小广场 | 晚上有灯有座 | 个 | 24 | 30 | 村民 | 520 | 平整闲置地块，设舞台、灯光、座椅和器材，由村民理事会管护。
parking-bays | housing | works | 集镇停车位 | Parking in town | 停车位 | 划建停车位 | 赶集日有序停放 | 个 | 0.55 | 28 | 车主 | 4 | 利用集镇空地划建停车位，设导向标志，赶集日有人疏导。
privies | housing | works | 农村公厕 | Public toilets | 公厕 | 新建公厕 | 水冲保洁到位 | 座 | 16 | 24 | 村民 | 380 | 在集贸点和村口新建水冲公厕，保洁责任到人。
children-home | childcare | social | 留守儿童之家 | A place for children | 儿童之家 | 建成儿童之家 | 放学后有人照看 | 个 | 13 | 21 | 留守儿童 | 38 | 利用村小空余教室建儿童之家，聘请志愿教师看护辅导。
small-bridge | housing | works | 便民桥重建 | Footbridges | 便民桥 | 重建便民桥 | 汛期安全通行 | 座 | 48 | 60 | 村民 | 420 | 拆除重建漫水桥，增设护栏和警示标志。
banks | housing | farming | 山塘河岸加固 | Ponds and banks | 加固段 | 加固堤岸 | 主汛期前完工 | 公里 | 52 | 72 | 村民 | 330 | 加固病险山塘和河岸，清理行洪障碍，安装水位标尺。
training | work | social | 种养和家政培训 | Training for farmers | 培训班 | 培训 | 办到村里 | 人次 | 0.06 | 14 | 农户 | 1 | 聘请农技和家政教师到村授课，发放教材，帮助联系用工。
helped-homes | support | social | 困难家庭居家改造 | Help at home | 家庭改造 | 改造家庭 | 逐户验收 | 户 | 0.5 | 16 | 困难家庭 | 1 | 为重度残疾人和独居老人家庭改造厨卫、门槛和照明，逐户验收。`;

const kindsOf = (table: string): readonly Kind[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const words = line.split(' | ');
      const [id = '', category = '', lead = '', zh = '', en = '', piece = '', does = '', so = '', unit = ''] =
        words;
      const [price = '', usual = '', who = '', reach = '', content = ''] = words.slice(9);
      const figures = { price: Number(price), usual: Number(usual), reach: Number(reach) };
      return { ...{ id, category, lead, zh, en, piece, does, so, unit, who, content }, ...figures };
    });

/** What cities and counties have chosen. */
export const WIDE_KINDS = kindsOf(WIDE);

/** What towns have chosen: smaller, and nearer. */
export const TOWN_KINDS = kindsOf(OF_TOWNS);
