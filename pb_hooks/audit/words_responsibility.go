package audit

// The words of who is responsible for disclosure at a school (责任制).

var responsibilityActions = table{{"propose_responsible", "提交责任人"}, {"decide_responsible", "办理责任人"}}

var responsibilityCollections = table{{"responsible_people", "责任人"}, {"responsible_steps", "责任人办理环节"}}

var responsibilityFields = table{{"responsible_people.role", "角色"}, {"post", "职务"}, {"person", "责任人"}, {"confirmed_at", "确认时间"},
	{"responsible_people.name", "姓名"}, {"responsible_people.phone", "办公电话"}, {"responsible_people.from", "开始担任的日期"}}
