package pb_hooks

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// answerValues fills an 答复书, or the one that supplements it, from its draft.
func (s letterScene) answerValues(draft *letterDraft) error {
	text, err := s.answerDraft()
	if err != nil {
		return err
	}
	reply, err := replyOf(s.app, text)
	if err != nil {
		return err
	}
	reply.Consulted = s.before.Consulted()
	o, err := foi.FindOutcome(reply.Outcome)
	if err != nil {
		return err
	}
	remedy, err := s.p.remedyText(s.app, o.Remedy, s.today)
	if err != nil {
		return err
	}
	filled, err := reply.Values(s.issuer(draft.Kind), remedy)
	if err != nil {
		return err
	}
	for name, value := range filled {
		draft.Values[name] = value
	}
	if draft.Kind != foi.LetterSupplement {
		return nil
	}
	draft.Values["补充内容"] = supplemented(text.GetString("supplement"), draft.Values)
	answered, err := s.answerLetter()
	if err != nil {
		return err
	}
	draft.Values["原文号"] = answered.GetString("number")
	return nil
}

// supplemented is what a supplement says: what is new, and like every answer the
// basis, the finding, the reason and how to get it.
func supplemented(news string, v map[string]string) string {
	lines := []string{news, "经审查，" + v["法律依据"] + "的规定，" + v["审查结论"]}
	if v["理由"] != "" {
		lines = append(lines, "理由："+v["理由"])
	}
	for _, name := range []string{"其他单位", "获取方式"} {
		if v[name] != "" {
			lines = append(lines, v[name])
		}
	}
	return strings.Join(lines, "\n")
}

// answerDraft is the text that is signed.
func (s letterScene) answerDraft() (*core.Record, error) {
	if s.before.Draft.Hash != "" {
		return draftWithHash(s.app, s.before.request.Id, s.before.Draft.Hash)
	}
	if hash := s.before.Proposal.Hash; hash != "" { // an answer on the spot
		return draftWithHash(s.app, s.before.request.Id, hash)
	}
	return nil, errors.New("there is no draft of an answer")
}

// lettersIn are the letters of a case, oldest first.
func lettersIn(app core.App, request string) (list []*core.Record, err error) {
	err = app.RecordQuery(records.FOILetters).AndWhere(dbx.HashExp{"request": request}).OrderBy("_rowid_").All(&list)
	return list, err
}

// answerLettersIn are the letters with the answers of a case, oldest first: one
// for each answer.
func answerLettersIn(app core.App, request string) ([]*core.Record, error) {
	list, err := lettersIn(app, request)
	return slices.DeleteFunc(list, func(l *core.Record) bool {
		kind := foi.LetterKind(l.GetString("kind"))
		return !kind.IsAnswer() && kind != foi.LetterSupplement
	}), err
}

// answerLetter is the last 答复书 of the case.
func (s letterScene) answerLetter() (*core.Record, error) {
	list, err := answerLettersIn(s.app, s.before.request.Id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, errors.New("there is no letter with the answer")
	}
	return list[len(list)-1], nil
}

func (s letterScene) deliveryValues(draft *letterDraft) error {
	answer, err := s.answerLetter()
	if err != nil {
		return err
	}
	who, err := s.p.openPerson(s.asked)
	if err != nil {
		return err
	}
	place := cmp.Or(who.Address, who.Email, who.Phone)
	if strings.Contains(s.done.Way, "邮件") && !strings.Contains(s.done.Way, "邮寄") {
		place = cmp.Or(who.Email, place)
	}
	v := draft.Values
	draft.Recipient = toDossier
	v["送达文书"] = foi.LetterKind(answer.GetString("kind")).Name() + "（" + answer.GetString("number") + "）"
	v["受送达人"], v["送达方式"], v["送达地点"], v["送达人"] = s.applicant, s.done.Way, cmp.Or(place, "未留地址"), cmp.Or(s.byName, "系统")
	v["日期"] = foi.LetterDate(s.done.On)
	return nil
}

// dossierValues lists what lies in the dossier (归档目录).
func (s letterScene) dossierValues(draft *letterDraft) error {
	letters, err := lettersIn(s.app, s.before.request.Id)
	if err != nil {
		return err
	}
	files, err := s.app.CountRecords(records.FOIFiles, dbx.HashExp{"request": s.before.request.Id})
	if err != nil {
		return err
	}
	lines := []string{"信息公开申请"}
	for _, l := range letters {
		lines = append(lines, foi.LetterKind(l.GetString("kind")).Name()+" "+l.GetString("number"))
	}
	if files > 0 {
		lines = append(lines, "检索和公开的材料")
	}
	lines = append(lines, "办理过程记录、期限计算记录")
	o, err := foi.FindOutcome(s.after.Outcome())
	if err != nil {
		return err
	}
	draft.Recipient = toDossier
	v := draft.Values
	v["案卷题名"], v["材料目录"] = "关于“"+s.asked.GetString("subject")+"”的信息公开申请", strings.Join(lines, "\n")
	v["办结日期"], v["办理结果"], v["保管期限"], v["立卷人"] = foi.LetterDate(s.after.Closed()), o.FullName(), retention, cmp.Or(s.byName, "系统")
	return nil
}

// lacking is what a dossier still needs before it is closed.
func lacking(app core.App, c foiCase) ([]string, error) {
	letters, err := lettersIn(app, c.request.Id)
	if err != nil {
		return nil, err
	}
	has := func(is func(foi.LetterKind) bool) bool {
		return slices.ContainsFunc(letters, func(l *core.Record) bool { return is(foi.LetterKind(l.GetString("kind"))) })
	}
	var list []string
	for _, need := range []struct {
		name string
		here bool
	}{
		{"收件回执", has(func(k foi.LetterKind) bool { return k == foi.LetterReceipt })},
		{"答复书", has(foi.LetterKind.IsAnswer)},
		{"补正告知书", c.Correction.Asked == "" || has(func(k foi.LetterKind) bool { return k == foi.LetterCorrection })},
		{"延期答复告知书", c.Extension.On == "" || has(func(k foi.LetterKind) bool { return k == foi.LetterExtension })},
	} {
		if !need.here {
			list = append(list, need.name)
		}
	}
	return list, nil
}
