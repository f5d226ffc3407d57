package demo

// question is one of 便民问答: its topic and whom it is for, what is asked and
// answered.
type question struct{ topic, audience, ask, answer string }

// questions are asked at every school; the list goes from topic to topic, so that
// a few of them show several.
var questions = []question{
	{"学籍", "拟转入学生家长", "转学需要带哪些材料？", "请监护人带户口簿、监护人身份证件和转出学校出具的学籍材料到{处}办理，{个}个工作日内办结，咨询电话{电话}。"},
	{"作息", "本校学生家长", "早上最早几点可以到校？", "校门上午 7:30 开放，有早到需要的请提前告知班主任，由值班教师安排在{地点}等候。"},
	{"课后服务", "本校学生家长", "课后服务怎样报名，可以中途退出吗？", "每学期开学两周内由家长确认报名，自愿参加；中途退出的告知班主任，费用按实际天数退还。"},
	{"收费", "本校学生家长", "午餐费怎样收取，请假可以退吗？", "午餐费按月预收、学期末结清，提前一天请假的退还当天费用，收费标准见本平台“收费公示”栏目。"},
	{"健康", "本校学生家长", "孩子在校需要服药怎么办？", "请家长填写服药委托书，连同药品和医嘱交卫生室，由校医按医嘱协助服用，不接受没有医嘱的药品。"},
	{"学籍", "本校学生家长", "休学期满怎样申请复学？", "请监护人在期满前一个月向{处}提出书面申请，因病休学的另附医院的康复证明。"},
	{"证件办理", "全体学生", "学生证丢了怎样补办？", "由班主任登记后交{处}统一补办，不需要家长到校，不收费。"},
	{"作息", "本校学生家长", "家长怎样给孩子请假？", "当天请假请在 8:00 前告知班主任；三天以上的请提交书面请假条，因病请假的附病历。"},
	{"课后服务", "本校学生家长", "课后服务几点结束，怎样接孩子？", "课后服务到 17:30 结束，请在校门口指定区域等候，由带班教师送出；委托他人接的请提前告知班主任。"},
	{"证件办理", "学生和毕业生", "怎样开具在读证明？", "请监护人或者本人带身份证件到{处}办理，当场开具，不收费。"},
}

// question is the one that this article answers.
func (w *writer) question() question { return questions[w.slot.nth%len(questions)] }

// asked are the titles of the questions.
func asked() []string {
	var titles []string
	for _, q := range questions {
		titles = append(titles, q.ask)
	}
	return titles
}
