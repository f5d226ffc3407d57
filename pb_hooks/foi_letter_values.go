package pb_hooks

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// To whom a letter goes.
const (
	toApplicant  = "applicant"
	toThirdParty = "third_party"
	toOrgan      = "organ"
	toDepartment = "department"
	toSchool     = "school"
	toDossier    = "dossier"
)

// letterDraft is a letter before it has a number.
type letterDraft struct {
	Kind      foi.LetterKind
	Recipient string
	Party     string // who is written to, where it is not the applicant
	Values    map[string]string
}

// internalTarget is when a department is to report, in working days from
// receipt: early enough for the sign-offs.
const internalTarget = 15

// retention is how long a dossier is kept (保管期限).
const retention = "10年"

// letterScene is all that the values of a letter are taken from: the case before
// and after the step, what was asked, who applied.
type letterScene struct {
	p          *platform
	app        core.App
	before     foiCase
	after      foi.Case
	act        foiAct
	done       foi.Event // what takes effect: the proposed step, where one is approved
	today      workday.Date
	directory  *records.Directory
	school     *records.School
	asked      *core.Record // the application in force
	applicant  string
	byName     string
	opinionURL string // where who is asked can answer; "" in a preview
}

// letterValues fills what a letter says beside its number. Each kind adds its own
// to what all say.
func (s letterScene) letterValues(kind foi.LetterKind) (letterDraft, error) {
	draft := letterDraft{Kind: kind, Recipient: toApplicant, Values: s.issuer(kind).Values()}
	v := draft.Values
	due := foi.LetterDate(s.after.Due)
	if s.after.Provisional {
		due += "（暂定）"
	}
	for name, value := range map[string]string{"日期": foi.LetterDate(s.today), "受理编号": s.before.request.GetString("number"), "申请人": s.applicant,
		"收到日期": foi.LetterDate(s.after.Received), "提交方式": s.after.Channel.Name(), "申请内容": askedFor(s.asked), "答复期限": due,
		"查询方式": s.whereToTrack()} {
		v[name] = value
	}
	if kind.IsAnswer() || kind == foi.LetterSupplement {
		return draft, s.answerValues(&draft)
	}
	switch kind {
	case foi.LetterReceipt:
		v["收到日期"] = foi.LetterDate(s.after.CountedFrom)
		if s.after.Correction.Corrected != "" {
			v["查询方式"] = "以上是补正后的申请，答复期限自收到补正的次日起重新计算。\n" + v["查询方式"]
		}
	case foi.LetterCorrection:
		v["补正事项"], v["补正截止日期"] = s.after.Correction.Items, foi.LetterDate(s.after.Correction.Until)
		v["补正期限"] = fmt.Sprint(cmp.Or(s.done.Days, s.after.Terms().Correction))
	case foi.LetterExtension:
		v["延期理由"], v["延长天数"] = s.after.Extension.Reason, fmt.Sprint(s.after.Extension.Days)
		v["原答复期限"], v["新答复期限"] = foi.LetterDate(s.before.Due), due
	case foi.LetterThirdParty, foi.LetterConsult:
		s.inquiryValues(&draft)
	case foi.LetterRightHolder:
		return draft, s.rightHolderValues(&draft)
	case foi.LetterAbandoned:
		v["补正通知日期"], v["补正截止日期"] = foi.LetterDate(s.after.Correction.Asked), foi.LetterDate(s.after.Correction.Until)
		return draft, s.remedy(v, foi.RemedyAppeal)
	case foi.LetterWithdrawn:
		v["撤回日期"] = foi.LetterDate(s.done.On)
	case foi.LetterAssignment:
		draft.Recipient, draft.Party = toDepartment, s.done.Party
		v["承办部门"], v["办理要求"] = s.done.Party, cmp.Or(s.done.Reason, "请检索有关信息，提出是否公开的意见、依据和理由")
		v["内部期限"] = foi.LetterDate(min(s.calendarAdd(s.after.CountedFrom, internalTarget), s.after.Due))
	case foi.LetterSupervision:
		draft.Recipient, draft.Party = toSchool, s.school.Name
		v["学校名称"], v["督办事由"] = s.school.Name, s.overdueBy()
		v["督办要求"] = s.done.Reason
		if s.done.As == foi.System {
			v["督办要求"] = "请立即办理，尽快答复申请人，并说明逾期的原因"
		}
		v["办结期限"] = foi.LetterDate(s.calendarAdd(s.today, 5))
	case foi.LetterDelivery:
		return draft, s.deliveryValues(&draft)
	case foi.LetterDossier:
		return draft, s.dossierValues(&draft)
	}
	return draft, nil
}

// issuer is who writes: the school, or the bureau where it supervises.
func (s letterScene) issuer(kind foi.LetterKind) foi.Issuer {
	d := s.directory.District
	if kind == foi.LetterSupervision {
		return foi.Issuer{Name: d.Bureau, Unit: "本局", Bureau: d.Bureau, Contact: "信息公开办公室", Phone: cmp.Or(d.Contact, "见平台首页"), Address: cmp.Or(d.Address, d.Bureau)}
	}
	return foi.Issuer{Name: s.school.Name, Unit: "本校", Bureau: d.Bureau, Contact: "信息公开专管员", Phone: cmp.Or(s.school.Phone, d.Contact, "见学校网站"),
		Address: cmp.Or(s.school.Address, s.school.Name)}
}

// askedFor is what was asked for, in the applicant's words.
func askedFor(application *core.Record) string {
	return strings.TrimSpace(application.GetString("subject") + "\n" + application.GetString("details"))
}

func (s letterScene) whereToTrack() string {
	return "办理情况可以在 " + s.directory.District.BaseURL + "/track 凭受理编号和查询码查询。"
}

func (s letterScene) calendarAdd(from workday.Date, days int) workday.Date {
	calendar, err := s.p.calendar(s.app)
	if err != nil || !from.IsValid() {
		return s.after.Due
	}
	return calendar.Add(from, days)
}

func (s letterScene) overdueBy() string {
	if s.before.IsOverdue(s.today) {
		return "超过答复期限 " + foi.LetterDate(s.before.Due) + " 没有答复"
	}
	return "临近答复期限 " + foi.LetterDate(s.before.Due) + "，需要督促办理"
}

func (s letterScene) inquiryValues(draft *letterDraft) {
	q := s.after.Inquiries[len(s.after.Inquiries)-1]
	v := draft.Values
	draft.Party, draft.Recipient = q.Party, toOrgan
	v["回复截止日期"], v["信息概要"], v["逾期说明"] = foi.LetterDate(q.Until), "", ""
	v["回复方式"] = "可以填写下面的回执送回" + "，也可以在网上答复：" + cmp.Or(s.opinionURL, "（签发后生成网址）")
	if q.Third {
		draft.Recipient = toThirdParty
		v["第三方"], v["信息名称"] = q.Party, q.About
		return
	}
	v["单位名称"], v["信息名称"], v["征求事项"] = q.Party, s.asked.GetString("subject"), q.About
	if q.Joint {
		v["逾期说明"] = foi.JointMakerSilence
	}
}

func (s letterScene) rightHolderValues(draft *letterDraft) error {
	draft.Recipient, draft.Party = toThirdParty, s.done.Party
	v := draft.Values
	v["第三方"], v["公开理由"] = s.done.Party, s.done.Reason
	for _, q := range s.after.Inquiries {
		if q.Third && q.Party == s.done.Party {
			v["信息名称"], v["公开内容"] = q.About, cmp.Or(s.done.Items, q.About)
			v["征询情况"] = "本校于" + foi.LetterDate(q.Sent) + "书面征求你（单位）的意见，你（单位）于" + foi.LetterDate(q.Closed) + "答复不同意公开。"
		}
	}
	return s.remedy(v, foi.RemedyThirdParty)
}

// remedy puts the wording in force of a remedy paragraph into a letter.
func (s letterScene) remedy(v map[string]string, key foi.RemedyKey) error {
	wording, err := s.p.remedyText(s.app, key, s.today)
	if err != nil {
		return err
	}
	v["救济途径"], err = foi.FillText(wording.Text, v)
	return err
}

// remedyText is the wording in force on a day.
func (p *platform) remedyText(app core.App, key foi.RemedyKey, on workday.Date) (foi.RemedyText, error) {
	rows, err := app.FindAllRecords(records.RemedyTexts)
	if err != nil {
		return foi.RemedyText{}, err
	}
	var all []foi.RemedyText
	for _, r := range rows {
		all = append(all, foi.RemedyText{Key: foi.RemedyKey(r.GetString("key")), From: workday.Date(r.GetString("valid_from")), Text: r.GetString("text")})
	}
	return foi.RemedyTextFor(all, key, "", on)
}
