package webhook

// Event is what subscribers are told of.
type Event string

// Events.
const (
	SchoolOpened       Event = "school.opened"
	SchoolChanged      Event = "school.changed"
	SchoolMerged       Event = "school.merged"
	SchoolClosed       Event = "school.closed"
	SchoolReopened     Event = "school.reopened"
	SchoolRemoved      Event = "school.removed" // it was entered by mistake
	CorrectionOffered  Event = "correction.offered"
	ComplianceMeasured Event = "compliance.measured" // once a night, of all schools
	Test               Event = "test"                // asked for by a person; to every subscriber
)

var events = []struct {
	event Event
	name  string
}{
	{SchoolOpened, "学校开办"}, {SchoolChanged, "学校信息变更"}, {SchoolMerged, "学校合并"}, {SchoolClosed, "学校关闭"}, {SchoolReopened, "学校恢复"},
	{SchoolRemoved, "学校撤销登记"}, {CorrectionOffered, "提出更正"}, {ComplianceMeasured, "每日达标率"}, {Test, "测试"},
}

// Events are all events that a subscriber may choose.
func Events() (list []Event) {
	for _, e := range events {
		if e.event != Test {
			list = append(list, e.event)
		}
	}
	return list
}

// Name is the event in words; "" if there is none of that name.
func (e Event) Name() string {
	for _, one := range events {
		if one.event == e {
			return one.name
		}
	}
	return ""
}
