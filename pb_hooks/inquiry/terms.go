package inquiry

import "fmt"

// Periods that are the same in every channel. Working days, unless it says otherwise.
const (
	UrgentAcceptHours = 2   // hours: 紧急来信 is accepted; here the same day, working day or not
	UrgentFirstReply  = 1   // 先行回复 to an urgent letter
	ReturnDays        = 2   // the receiver gives a letter back; then it keeps it
	RedoDays          = 15  // 差评整改
	RateDays          = 30  // natural days after the answer
	ArchiveDays       = 10  // after the rating
	OrderReplyDays    = 5   // to reply to an order of the system
	OrderAfter        = 15  // overdue by more: 督办
	VetoWarningAfter  = 60  // natural days after the letter: 单项否决预警
	VetoAfter         = 90  // natural days after the letter: 单项否决
	YellowLeft        = 1   // left until the due day: 黄色预警
	longestOrder      = 250 // bounds what somebody may type as a day to reply
	longestLevel      = 60  // and as a service level
)

// ServiceLevels are what a district has set, by channel; a channel without one keeps that of the table. A letter keeps
// those it was counted with: the levels in force on the day it was submitted.
type ServiceLevels map[ChannelCode]Service

// Problems lists what cannot be right about a service level, by the name of the field; none if it can be used.
func (s Service) Problems() map[string]error {
	problems := map[string]error{}
	check := func(field string, n, least int) {
		if n < least || n > longestLevel {
			problems[field] = Refusal{Why: OutOfRange, Field: field, Sentence: fmt.Sprintf("期限填写 %d 至 %d 个工作日", least, longestLevel), Law: norm}
		}
	}
	check("accept", s.Accept, 0)
	check("reply", s.Reply, 1)
	check("extend", s.Extend, 0)
	check("complex", s.Complex, 0)
	switch {
	case s.Accept > s.Reply:
		problems["accept"] = malformed("accept", norm, "受理期限不能长于答复期限")
	case s.Complex != 0 && s.Complex < s.Extend:
		problems["complex"] = malformed("complex", norm, "复杂事项的延期不能短于一般事项")
	}
	return problems
}
