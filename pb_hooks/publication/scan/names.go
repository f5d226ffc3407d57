package scan

// Classes are all classes.
func Classes() []Class {
	return []Class{IdentityCard, StudentID, Mobile, BankCard, Passport, Plate, Email, Address, BirthDate, Scores, Health, Hardship, NameList, SecrecyMark, Word,
		HiddenSheet, HiddenRows, PivotCache, Comments, TrackedChanges, DocumentAuthor, Embedded, HiddenText, Location, Macro, Unreadable}
}

var classNames = map[Class]string{IdentityCard: "身份证号", StudentID: "学籍号", Mobile: "手机号", BankCard: "银行卡号", Passport: "护照等证件号", Plate: "车牌号",
	Email: "个人邮箱", Address: "家庭住址", BirthDate: "出生日期", Scores: "成绩与排名", Health: "健康信息", Hardship: "困难情况", NameList: "名单", SecrecyMark: "涉密标记",
	Word: "错敏词", HiddenSheet: "隐藏的工作表", HiddenRows: "隐藏的行或列", PivotCache: "数据透视表缓存", Comments: "批注", TrackedChanges: "修订痕迹",
	DocumentAuthor: "文件属性", Embedded: "嵌入的文件", HiddenText: "隐藏的文字", Location: "拍摄地点", Macro: "宏", Unreadable: "无法检查的文件"}

var levelNames = map[Level]string{Block: "必须处理", Warn: "请核对", Note: "提示"}

// Name is the class in words.
func (c Class) Name() string { return classNames[c] }

// Name is the level in words.
func (l Level) Name() string { return levelNames[l] }

// hints say what to do next.
var hints = map[Class]string{
	IdentityCard: "请删去身份证号；确需区分同名人员时可只留班级",
	StudentID:    "请删去学籍号",
	Mobile:       "请核对：个人手机号不宜公开，可改为学校办公电话",
	BankCard:     "请删去银行卡号",
	Passport:     "请删去证件号",
	Plate:        "请核对：个人车牌号不宜公开",
	Email:        "请核对：个人邮箱不宜公开，可改为学校邮箱",
	Address:      "请删去家庭住址",
	BirthDate:    "请删去出生日期",
	Scores:       "不得公布学生的成绩和名次，请删去",
	Health:       "请删去有姓名的健康信息",
	Hardship:     "请删去有姓名的家庭困难情况；资助公示只列姓名、年级、班级",
	NameList:     "二十人以上的名单请按公示发布：填写公示期，期满自动撤下",
	SecrecyMark:  "文件带有涉密标记，请停止发布并报告保密审查员",
	Word:         "请核对用词",
}
