package demo

// Word is a line of the bureau's list of 错敏词.
type Word struct {
	Word    string `json:"word"`
	Level   string `json:"level"`
	Instead string `json:"instead"`
	Note    string `json:"note"`
}

// Words is a list to begin with: harmless, and each of the three levels.
func Words() []Word {
	const serious, general, sensitive = "严重", "一般", "敏感"
	return []Word{
		{"尖子班", serious, "", "义务教育阶段不分重点班和非重点班（义务教育法第二十二条）"},
		{"快慢班", serious, "", "同上"},
		{"择校费", serious, "", "不得收取与入学挂钩的费用"},
		{"掐尖招生", serious, "", "招生宣传不得使用"},
		{"升学率", sensitive, "", "不公布、不宣传升学情况"},
		{"高考喜报", sensitive, "", "不得炒作考试成绩"},
		{"后进生", sensitive, "学习有困难的学生", "尊重学生"},
		{"农民工子女", sensitive, "随迁子女", "规范称谓"},
		{"帐号", general, "账号", "错字"},
		{"布署", general, "部署", "错字"},
		{"按装", general, "安装", "错字"},
		{"座右名", general, "座右铭", "错字"},
		{"既使", general, "即使", "错字"},
	}
}
