package standard

// usedByProgram are the columns that the program itself fills, links to or reads:
// they can neither go nor get another code or kind. What else of them may change
// is the bureau's.
var usedByProgram = map[string]Kind{
	"A0101": Page,        // 信息公开指南: linked from the forms
	"A0102": Generated,   // 信息公开目录
	"A0104": List,        // 信息公开年度报告: written by the reports
	"A0105": Interactive, // 依申请公开: the form of applications
	"A0106": Page,        // 信息公开监督与申诉
	"A0204": Synced,      // 联系方式: from the institution registry
	"A0403": List,        // 录取与入学结果: this and the next three name pupils, which findings look for
	"A0404": List,        // 学籍管理
	"A0501": List,        // 学生管理与评优奖励
	"A0502": List,        // 学生资助
	"B0101": Structured,  // 办事指南
	"B0102": Structured,  // 校历与作息: becomes the calendar file
	"B0201": Attachment,  // 表格下载: downloads are counted
	"B0301": QA,          // 便民问答
	"B0401": Interactive, // 在线咨询
	"B0402": List,        // 咨询选登
	"B0501": Interactive, // 校长信箱
	"B0502": List,        // 来信选登
	"B0601": Generated,   // 满意度评价
	"B0602": Interactive, // 意见征集
	"B0603": Interactive, // 我要纠错
	"B0701": Interactive, // 办件查询
	"B0702": Synced,      // 机构查询
}

// UsedByProgram reports whether the program itself needs a column, or a group or
// branch that such a column stands in.
func UsedByProgram(code string) bool {
	for c := range usedByProgram {
		if code != "" && len(code) <= len(c) && c[:len(code)] == code {
			return true
		}
	}
	return false
}
