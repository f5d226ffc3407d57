package scan

import (
	"strings"
	"unicode"
)

var surnames = setOf(surnameRunes)

const surnameRunes = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠惠荆乐冀胥郁南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"

// weakSurnames are surnames that begin a verb or an adverb more often: after
// “学生” they begin a sentence, not a name.
var weakSurnames = setOf("应于全和都由但从能须等有关相达到当时来计查管利干平常安明成经连满强向易支展信解容包")

var compound = map[string]bool{"欧阳": true, "司马": true, "上官": true, "诸葛": true, "东方": true, "皇甫": true, "尉迟": true, "公孙": true, "令狐": true,
	"慕容": true, "司徒": true, "夏侯": true, "端木": true, "南宫": true, "闻人": true, "澹台": true, "长孙": true, "宇文": true}

// beginNames are the characters that a name may begin with.
var beginNames = func() *runeSet {
	all := surnameRunes
	for name := range compound {
		all += string([]rune(name)[:1])
	}
	return setOf(all)
}()

// words that begin with a surname and are no name
var noNames = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`高中 高一 高二 高三 高级 高度 高考 方案 方法 方式 方面 时间 时段 周一 周二 周三 周四 周五 周六 周日 周期 周次 安全 安排 金额 单位 单价 许可 成绩 成员
		平均 平均分 全校 全体 全年 全部 全科 全区 路线 路名 国家 国庆 国语 国籍 国庆节 文件 文号 文化 文明 文体 文艺 文字 文本 师资 师德 师生 师傅 车辆 车型 车费 车牌 项目 项次 常规 常务 常识
		应急 应届 应到 应收 应付 原因 原则 原价 来源 来访 管理 管理员 管理费 计划 计算 计算机 计量 信息 信箱 信访 信息科技 相关 相应 明细 明确 宣传 宣讲 宣布 石油 石头 江苏 江西 云南 海南 河南 湖南
		南门 南校区 北门 东门 西门 华东 水费 电费 马上 马路 白天 黄色 黄豆 黄瓜 黄鱼 白菜 白米饭 米饭 麦片 花菜 花生 花卷 牛肉 牛奶 羊肉 鱼肉 龙虾 鸡蛋 包子 豆腐 豆浆 豆芽 豆角 冷菜 汤类 油菜 红烧肉 温度 温馨
		温馨提示 强化 支出 支部 支持 公示 公开 公告 公布 公办 公司 公斤 公章 公安 公民 公共 公益 公用 公平 公务 宿舍 富强 利用 利率 银行 银行卡 元旦 元素 元宵 居民 居住 居委 展示 展览 展板 智慧 智育 智能 巩固
		伊始 修订 修业 修改 修缮 容量 敬请 门卫 门诊 门票 都是 普通 普通话 普及 丰富 平台 平方 平时 平安 平稳 班级 班主任 班长 班会 班次 班车 宁静 和平 和谐 左右 解释 解答 解决 解除 边缘 商品 商务 商定 连续 连接 古诗 古代
		阳光 阳台 成立 成本 成长 成果 成人 成功 成员名单 农历 农业 农村 司机 任务 任课 任教 任命 任职 任期 任免 万元 严格 严禁 严肃 武术 武汉 康复 康健 康乐 常见 常年 施工 施行 施教 施教区 文章 文娱 易拉罐 关于 关心 关注 关爱
		关键 关系 季度 季节 季军 曲目 曲艺 蓝球 游戏 游泳 游学 管道 管乐 管弦 房屋 房产 房间 查询 查看 查验 池塘 封面 封闭 官网 官方 谈话 谈心 乐队 乐器 乐园 燕麦 楼层 楼道 楼宇 楼长 满意 满意度 满分 满足 位置 位于 区域 区级 区教育局
		权利 权限 权重 权益 帅气 盖章 练习 练习册 廉政 廉洁 井盖 巴士 卿卿 印章 印刷 印发 印制 隆重 战略 玉米 公费 宾馆 茅台 干部 干事 但是 信用 信封 阴天 幸福 由于 由来 植物 衡量 程序 程度 程式 余额 余款 余数 夏季 夏天 夏令营 秋季 冬季 春季 江河 江湖 金牌 金奖
		金融 唐诗 宋词 元曲 梅花 童话 童年 童装 毕业 毕业生 毕业班 毕业证 单元 单双 单人 单项 单亲 盛大 盛宴 费用 费率 成语 路费 路口 严重 毛巾 毛笔 毛衣 陆续 陆地 顾问 顾客 龙头 史学 陶艺 陶瓷 黎明 向上 向往 汤圆 葛根 齐全 易于 章程 章节 左边 柳树 甘肃 甘蔗 祝贺 祝愿 包含 包括 包装 尚未 符合 舒适 纪律 纪念 纪委 纪检
		冷藏 席位 卫生 卫生间 卫生员 米线 宗旨 桂花 边界 仇恨 沙拉 沙盘 荣誉 荣获 桑葚 郎朗 明天 明年 查阅 查处 麻花 麻辣 原料 原件 栗子 楚天 皮蛋 粟米 盘点 满月 闻名 海洋 海报 海鲜 海带 花名册 强调 朴素 全勤 全日制 全额 艾草 时令 时刻 时长 时期 农民 穆斯林 简介 简历 简章 简称 车位 项链 连环 麦当劳 景点 景观 党员 党建 党支部 党委 党组织 党课 宫保鸡丁
		安装 安保 安静 安心 安检 安康 温水 温柔 文具 文科 文理 文员 方形 方便 方向 白板 白色 高年级 高手 高温 高空 高兴 高等 高雅 江南 江边 夏装 秦朝 段落 段位 雷雨 侯车 龙舟 史料 陶冶 黎族 贺卡 贺词 毛毯 严防 严查 武警 戴口罩 莫高窟 孔子 向日葵 常委 康养 施肥 文旅 牛肉面 樊篱 安徽 安全员 安全教育 齐心 易错 伍佰 庄重 聂耳 鲁迅 岳阳 申请 申请人 申报 申诉 申领 申花 关怀 兰花 焦虑 左手 柳条 甘心 祝福 包车 宁波 尚可 符号 舒心 纪要 梅雨 童谣 凌晨 毕竟 裴多菲 霍乱 涂料 涂鸦 成交 苗圃 谷物 盛夏 曲线 翁仲 冉冉 蓝莓 路段 路灯 游览 辛苦 管控 柴油 蒙古 蒙牛 鲍鱼 华侨 喻义 蒲公英 房租 屈指 饶恕 解读 艾滋 尤其 阳性 时事 司法 卓越 古筝 吉他 简单 车库 项圈 连带 麦克 景色 党务 党章 宫殿 费时 冷静 席卷 卫士 米粉 柏油 宗教 桂圆 全程 全员 应聘 应用 边角 师范 和睦 和美 商业 商标 沙发 沙池 荣光 寇准 甄选 甄别 丛书 仲裁 明显 池水 查找 麻雀 迟到 封存 官兵 谈判 惠民 荆棘 乐观 乐趣 冀教版 南方 南区 班费 储备 储蓄 原创 燕子 劳动 劳动课 劳务 劳技 皮肤 皮球 楼梯 盘子 满载 位数 厉行 伊利 海绵 花样 花园 权威 强身 豆沙 豆类 盖饭 廉租 井冈山 祖国 祖父 漆器 巴黎 丰收 支付 支票 国旗 国防 国学 国画 平板 平日 计时 计分 计件 索引 索引号 宣言 宣誓 晋升 晋级 相册 相片 初中 初一 初二 初三 初审 初稿 初级 初步 门口 门窗 云端 云平台 容器 敬老 敬爱 来校 来信 来电 都市 普查 浦东 戈壁 伏案 鹿茸 薄弱 雍容 阿姨 乌龙 母亲 母语 裘皮 修理 修复 杭州 况且 那么 那些 宿管 鲜奶 鲜花 印象 隆冬 诺言 战士 慕课 危险 危房 玉兰 公式 公里 公交 公立 公文 公休 公证 哈密瓜 利益 利息 呼吸 居家 揭晓 干净 干果 但凡 尉官 斯文 元年 束缚 衣物 衣服 衣帽 信念 信任 展开 展望 智力 幸运 奉献 植树 植保 富裕 闭幕 闭馆 由此`) {
		m[w] = true
	}
	return m
}()

// longestName is how long, in bytes, a cell may be that holds a name and spaces.
const longestName = 40

// IsName reports whether a text is a person's name and nothing else: two to four
// Han characters that begin with a surname and are no common word.
func IsName(text string) bool {
	if len(text) > longestName {
		return false
	}
	r := []rune(strings.ReplaceAll(strings.TrimSpace(text), " ", ""))
	if len(r) < 2 || len(r) > 4 || noNames[string(r)] {
		return false
	}
	for _, c := range r {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	if compound[string(r[:2])] {
		return len(r) > 2
	}
	if len(r) == 4 || !surnames.has(r[0]) {
		return false
	}
	if weekday := r[0] == '周' && strings.ContainsRune("一二三四五六日", r[1]); weekday {
		return len(r) == 3 && !strings.ContainsRune("至到和上下晚中早前后起开的", r[2])
	}
	if noNames[string(r[:2])] {
		return false
	}
	last := r[len(r)-1]
	if len(r) == 2 {
		return !strings.ContainsRune(noEnds, last) || strings.ContainsRune("会员长类型月日元年", last)
	}
	return !strings.ContainsRune(noEnds, last)
}

// noEnds end words of three characters that begin like a name: 江月路, 高一班.
// 月, 元 and 年 are not among them: they end many given names.
const noEnds = "校费表室号楼课组部处科局区镇路店厂院所会员长类型项额率量数日级班部门的了和与及等为是在不有岁分名"
