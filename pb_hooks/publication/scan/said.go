package scan

import "regexp"

// What is said of a person. The words alone are harmless: notices about aid and
// illness are full of them.
const (
	subjects = `语文|数学|英语|外语|物理|化学|生物|历史|地理|政治|道法|道德与法治|科学|总分|成绩|总评`
	exams    = `考试|月考|期[中末]|[一二三]模|中考|高考|统考|测验|质量监测|质量检测|质量调研|学业水平`
	ranks    = `[\d一二三四五六七八九十]{1,3}`
)

var (
	exam    = regexp.MustCompile(exams + `|总分|年级第`)
	sport   = regexp.MustCompile(`运动会|比赛|决赛|赛跑|[米操球棋]赛|跳绳|竞赛|联赛`)
	ranking = regexp.MustCompile(`(?:考试|月考|期[中末]|[一二三]模|统考|测验|成绩|年级)[\p{Han}]{0,4}(?:排名|名次|排行)`)
	shown   = regexp.MustCompile(`公布|公示|公开|通报|如下|下表|见附件|附后|前\s*[\d一二三四五六七八九十]{1,3}\s*名`)
	denied  = regexp.MustCompile(`不得|严禁|禁止|不准|不公[布开]|不以|不按|不对|不进行|杜绝|取消|避免|淡化`)
	scored  = regexp.MustCompile(`\d{1,3}(?:\.\d)?\s*分(?:[,，。、；)的]|$|名列|位列|居)|(?:第|排名|名次)\s*[第为:：]?\s*\d{1,4}\s*名|(?:总分|成绩|语文|数学|英语|物理|化学|得分)(?:为|是|[:：])?\s*\d{2,3}`)
	average = regexp.MustCompile(`(?:各班|班级|年级|本班|全班|[\d)]班)[^。]{0,12}(?:平均分|均分|及格率|优秀率)[^。]{0,8}\d`)
	// 语文95分, 数学A+: a subject with its mark
	mark = regexp.MustCompile(`(?:` + subjects + `)(?:成绩|得分|取得|满分|为|是|[: ])*(?:\d{2,3}(?:\.\d)?\s*(分?)|[A-E][+-]?(?:[^A-Za-z]|$))`)
	// what stands between a name and the first mark: 张小明期中语文95分
	toMark = regexp.MustCompile(`^(?:同学)?[,: ]{0,2}(?:(?:` + exams + `|在|的|本次|这次|此次|中|以)[, ]?){0,4}(?:` + subjects + `)`)
	// a place among all, said right before or after a name
	placeBefore = regexp.MustCompile(`(?:年级|全班|班级|全校|全区)(?:排名)?第` + ranks + `名?[:是为 ]?$`)
	placeAfter  = regexp.MustCompile(`^(?:同学)?(?:以|在|取得|获得|位居|名列|位列|列|排|考试|期[中末]|本次|月考|中|的|总分|成绩|第` + ranks + `名?|\d{2,3}(?:\.\d)?分|[, ]){1,8}(?:年级|全班|班级|全校|全区)第` + ranks)
	// 在高考中以618分
	examAfter = regexp.MustCompile(`^(?:同学)?(?:在|于)?[\p{Han}\d]{0,8}(?:` + exams + `)[\p{Han}, ]{0,6}(?:以|得|获|取得|考出|考了|考取|为)\s*\d{2,3}(?:\.\d)?\s*分`)
	placed    = regexp.MustCompile(`第` + ranks + `名[: ]?$`)
	// 郭一凡 92, under a heading about marks
	bareMark = regexp.MustCompile(`^[ :]{1,2}\d{2,3}(?:\.\d)?\s*分?(?:[,、;]|$)`)
	points   = regexp.MustCompile(`^\d{2,3}(?:\.\d)?\s*分$`)

	// illnesses: a name beside one needs a word between, for they are also taught and prevented
	illness = `水痘|流感|腮腺炎|手足口病|肺结核|结核病|肺炎|骨折|诺如|病毒感染|支原体|猩红热|红眼病|新冠|麻疹|疱疹性咽峡炎|近视|弱视|癌|肿瘤|心脏病|白血病|糖尿病|肾病|肝炎|乙肝|哮喘|癫痫|抑郁|焦虑症|自闭症|孤独症|多动症|发育迟缓|精神分裂`
	health  = regexp.MustCompile(`确诊|患有|罹患|病史|过敏史|抑郁|焦虑症|心理测评结果|心理危机|残疾(?:证|类别|等级|类型|程度)|(?:肢体|听力|视力|言语|精神|多重)[一二三四中重轻度级]{0,3}残疾|诊断(?:为|出|患)|(?:智力|多动|情绪|言语|学习|发育|精神|听力|视力|肢体)障碍|发育迟缓|精神(?:疾病|分裂)|自闭症|孤独症|癫痫|哮喘|心脏病|白血病|糖尿病|肾病|肺结核|乙肝|多动症|因患`)
	ill     = regexp.MustCompile(`(?:` + illness + `)`)
	illList = regexp.MustCompile(`患病|因病|发病|感染|体检异常|` + illness)
	illSaid = regexp.MustCompile(`^(?:同学)?[, ]?(?:[男女][, ])?(?:因患|因|患有|患|确诊|被确诊|被诊断|感染|得了|有|经[\p{Han}]{0,10}(?:诊断|确诊))[^。]{0,10}(?:` + illness + `|障碍|残疾|病史|过敏史)`)
	illLack = regexp.MustCompile(`^(?:同学)?,[^。]{0,6}(?:肢体|听力|视力|智力|言语|精神|多重)[一二三四中重轻度级]{0,3}残疾`)

	poor     = `低保|低收入|建档立卡|孤儿|单亲|家庭(?:经济)?(?:特别|特殊|一般|比较)?困难(?:原因|情况|类型|程度)?|父母双亡|离异|下岗|贫困(?:户|家庭|生)|残疾人家庭|重病|特困|事实无人抚养|困境儿童|留守儿童|困难补助|困难学生`
	poverty  = regexp.MustCompile(poor)
	poorSaid = regexp.MustCompile(`^(?:同学)?[, ]?(?:家庭)?(?:系|为|是|属于?|享受)[\p{Han}]{0,4}(?:` + poor + `)(?:户|家庭|供养|待遇|学生|儿童|人员|对象)*(?:[,。;、)]|$)`)

	poorHome = regexp.MustCompile(`^(?:同学)?[, ]其?(?:父亲?|母亲?|父母|家庭|家中)[^。;]{0,8}(?:` + poor + `|失业|残疾|去世|病故|服刑)`)

	// a heading with one of these says it of everybody under it
	poorList = regexp.MustCompile(`低保|孤儿|建档立卡|特困|单亲|残疾人家庭|留守儿童|困境儿童|贫困生`)

	birth     = regexp.MustCompile(`(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?`)
	bornAs    = regexp.MustCompile(`^(?:同学)?[,( ]{0,2}(?:[男女][, ]?)?(?:出生|生于|出生于|出生日期)?[:: ]?20(?:0[5-9]|[1-9]\d)\s*[年./-]\s*\d{1,2}\s*(?:[月./-]\s*\d{1,2}\s*日?|月)\s*(?:出生|生)`)
	bornUnder = regexp.MustCompile(`^(?:同学)?[,( ]{0,2}(?:[男女][, ]?)?(?:生于|出生于|出生日期)[:: ]?20(?:0[5-9]|[1-9]\d)\s*[年./-]\s*\d{1,2}`)
)

// A list behind a colon says of its people what stands before the colon. A head
// that names staff is about those who work, not about those whom they work for.
var (
	overList  = regexp.MustCompile(`([^:]*)[:有] ?(?:[\p{Han}·]{2,4}[、 ]){0,8}(?:[\p{Han}\d()]{1,8}班 ?)?$`)
	listHead  = regexp.MustCompile(`学生|名单|同学|儿童|幼儿|对象|家庭|病例|患者|前\s*` + ranks + `\s*名?|排名|名次|随班就读`)
	staffHead = regexp.MustCompile(`小组|成员|负责|联系|组长|工作人员|评审|咨询|主讲|委员|教师|老师|领导|辅导员|教研|主任|监考|阅卷|命题|讲座|主题|活动|预防|防控|培训|演讲`)
	examList  = regexp.MustCompile(`(?:` + exams + `)[^:]{0,14}(?:前\s*` + ranks + `\s*名?|前` + ranks + `|排名|名次|名列|优秀|优胜|进步|退步)`)
)
