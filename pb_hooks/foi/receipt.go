package foi

import (
	"fmt"

	"gongkai/pb_hooks/workday"
)

// Channel is how an application came.
type Channel string

// Channels, in the order of the register.
const (
	Online       Channel = "online"        // 网上
	Counter      Channel = "counter"       // 当面
	Email        Channel = "email"         // 电子邮件
	Letterpost   Channel = "post"          // 平信
	SignedPost   Channel = "signed_post"   // 挂号信、快递
	Telegram     Channel = "telegram"      // 电报
	Fax          Channel = "fax"           // 传真
	Oral         Channel = "oral"          // 口头: the clerk fills in the form
	OtherChannel Channel = "other_channel" // 其他
)

// channelRule says which day counts as the day of receipt (art. 31).
type channelRule int

const (
	bySubmission   channelRule = iota // the day it was handed in
	bySignature                       // the day it was signed for
	byCall                            // the day the clerk confirmed it with the applicant, who is called the same day
	byConfirmation                    // the day both sides confirmed; in silence the end of the next working day
)

var channels = []struct {
	channel Channel
	name    string
	rule    channelRule
}{
	{Online, "网上", byConfirmation},
	{Counter, "当面", bySubmission},
	{Email, "电子邮件", byConfirmation},
	{Letterpost, "平信", byCall},
	{SignedPost, "挂号信、快递", bySignature},
	{Telegram, "电报", byCall},
	{Fax, "传真", byConfirmation},
	{Oral, "口头", bySubmission},
	{OtherChannel, "其他", byCall},
}

// Channels are all channels in the order of the register.
func Channels() []Channel {
	var list []Channel
	for _, row := range channels {
		list = append(list, row.channel)
	}
	return list
}

// Name is the channel in words, "" for one that is not listed.
func (c Channel) Name() string {
	if i := c.row(); i >= 0 {
		return channels[i].name
	}
	return ""
}

// IsConfirmedBySystem reports whether the system confirms the receipt if nobody does. Only what came online is known
// to have arrived.
func (c Channel) IsConfirmedBySystem() bool { return c == Online }

func (c Channel) row() int {
	for i, row := range channels {
		if row.channel == c {
			return i
		}
	}
	return -1
}

// Arrival is what is known about how an application reached the school.
type Arrival struct {
	Channel   Channel
	Arrived   workday.Date // handed in, sent off online, or lying in the letter box, the mailbox, the fax
	SignedOn  workday.Date // signed for; signed post
	Tracking  string       // number of the item; signed post
	Signer    string       // who signed for it; signed post
	Confirmed workday.Date // confirmed with the applicant; "" if not yet
	CallLog   string       // whom the clerk reached, when and how; why not on the first day
}

// ReceivedOn returns the day of receipt (收到日, art. 31), from which the next working day is the first that counts.
// Field errors are Refusals. Of what is confirmed by both sides, silence of the school does not delay the receipt
// beyond the next working day after arrival, unless the applicant could not be reached, which the call log must say.
func ReceivedOn(a Arrival, cal workday.Calendar, terms Terms, today workday.Date) (workday.Date, map[string]error) {
	problems := map[string]error{}
	day := func(field string, d workday.Date, empty string) {
		switch {
		case d == "":
			problems[field] = missing(field, art31, empty)
		case !d.IsValid():
			problems[field] = malformed(field, art31, "请填写有效的日期")
		case d > today:
			problems[field] = malformed(field, art31, "日期不能晚于今天")
		case field != "arrived" && a.Arrived.IsValid() && d < a.Arrived:
			problems[field] = malformed(field, art31, "日期不能早于申请到达的日期")
		}
	}
	i := a.Channel.row()
	if i < 0 {
		problems["channel"] = missing("channel", art31, "请选择申请是怎样提出的")
		return "", problems
	}
	rule := channels[i].rule
	received := a.Arrived
	switch rule {
	case bySubmission:
		day("arrived", a.Arrived, "请填写提交申请的日期")
	case bySignature:
		day("signed_on", a.SignedOn, "请填写签收的日期")
		if isBlank(a.Tracking) {
			problems["tracking"] = missing("tracking", art31, "请填写邮件号码")
		}
		if isBlank(a.Signer) {
			problems["signer"] = missing("signer", art31, "请填写签收人")
		}
		received = a.SignedOn
	case byCall:
		day("arrived", a.Arrived, "请填写收到信件的日期")
		day("confirmed", a.Confirmed, "请在收到当日与申请人确认，填写确认的日期")
		if isBlank(a.CallLog) {
			problems["call_log"] = missing("call_log", art31, "请填写与申请人确认的情况；没有当日联系上的，写明原因")
		}
		received = a.Confirmed
	case byConfirmation:
		day("arrived", a.Arrived, "请填写申请到达的日期")
		if a.Confirmed != "" {
			day("confirmed", a.Confirmed, "")
		}
		if len(problems) == 0 {
			received = confirmedOn(a, cal, terms, today, problems)
		}
	}
	if len(problems) > 0 {
		return "", problems
	}
	return received, nil
}

// confirmedOn is the day both sides confirmed. Nobody's confirmation is needed once the next working day is over.
func confirmedOn(a Arrival, cal workday.Calendar, terms Terms, today workday.Date, problems map[string]error) workday.Date {
	last := cal.Add(a.Arrived, terms.Confirm)
	unreached := !isBlank(a.CallLog) && !a.Channel.IsConfirmedBySystem()
	switch {
	case a.Confirmed != "" && (a.Confirmed <= last || unreached):
		return a.Confirmed
	case a.Confirmed != "" || today > last:
		return last
	}
	problems["confirmed"] = missing("confirmed", art31, fmt.Sprintf("请与申请人确认；%s 前没有确认的，视为当日收到", last))
	return ""
}
