package pb_hooks

import (
	"cmp"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// mailLetter puts a mail into the outbox for whoever a letter is written to and
// left an address. The outbox is emptied by the postman.
func (p *platform) mailLetter(tx core.App, s letterScene, draft letterDraft, letter, inquiry *core.Record) error {
	to, content := "", ""
	switch draft.Recipient {
	case toApplicant:
		who, err := p.openPerson(s.asked)
		if err != nil {
			return err
		}
		to = who.Email
		content = cmp.Or(who.Name, "您") + "，您好：\n\n" + s.school.Name + "就您的信息公开申请（受理编号 " + s.before.request.GetString("number") + "）发出了《" +
			draft.Kind.Name() + "》（" + letter.GetString("number") + "）。\n\n" + s.whereToTrack() + "\n"
	case toThirdParty, toOrgan:
		if inquiry == nil || inquiry.GetString("email") == "" {
			return nil
		}
		var err error
		if to, err = p.unseal(inquiry, "email"); err != nil {
			return err
		}
		content = draft.Party + "，您好：\n\n" + s.school.Name + "就一件信息公开申请书面征求您的意见，文书随信附上。请在 " + foi.LetterDate(s.after.Inquiries[len(s.after.Inquiries)-1].Until) +
			" 前答复，可以在网上填写：\n" + s.opinionURL + "\n\n这个网址只发给您，请勿转发。\n"
	}
	if to == "" {
		return nil
	}
	attached := ""
	if draft.Recipient != toApplicant || slices.Contains(s.asked.GetStringSlice("ways"), string(foi.ByEmail)) {
		attached = letter.Id
	}
	return p.putInOutbox(tx, s.before.request.Id, "letter/"+letter.Id, to, "《"+draft.Kind.Name()+"》 "+s.school.Name, content, attached)
}

// mailRecount tells the applicant that the day by which the answer is due moved,
// and why.
func (p *platform) mailRecount(tx core.App, before, after foiCase, step *core.Record) error {
	asked, err := latestApplication(tx, before.request.Id)
	if err != nil {
		return err
	}
	who, err := p.openPerson(asked)
	if err != nil || who.Email == "" {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	number := before.request.GetString("number")
	was, _, _ := before.Moved()
	return p.putInOutbox(tx, before.request.Id, "recount/"+step.Id, who.Email, "信息公开申请 "+number+" 的答复期限有变化",
		cmp.Or(who.Name, "您")+"，您好：\n\n您的信息公开申请（受理编号 "+number+"），答复期限原来告知为 "+foi.LetterDate(was)+"。国家公布的节假日安排有调整，按工作日重新计算，答复期限改为 "+
			foi.LetterDate(after.Due)+"。\n\n每一天怎样计算，可以在 "+d.District.BaseURL+"/track 凭受理编号和查询码查看。\n", "")
}

// mailSucceeded tells the applicant which school goes on with the request.
func (p *platform) mailSucceeded(tx core.App, before foiCase, act foiAct, step *core.Record) error {
	asked, err := latestApplication(tx, before.request.Id)
	if err != nil {
		return err
	}
	who, err := p.openPerson(asked)
	if err != nil || who.Email == "" {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	number := before.request.GetString("number")
	return p.putInOutbox(tx, before.request.Id, "succeed/"+step.Id, who.Email, "信息公开申请 "+number+" 由"+act.Party+"继续办理",
		cmp.Or(who.Name, "您")+"，您好：\n\n您的信息公开申请（受理编号 "+number+"）由"+act.Party+"继续办理："+act.Reason+"。受理编号、查询码和答复期限都不变，您不需要重新申请。\n\n办理情况可以在 "+
			d.District.BaseURL+"/track 凭受理编号和查询码查看。\n", "")
}

// putInOutbox stores a mail that is to go out, once for each key.
func (p *platform) putInOutbox(tx core.App, request, key, to, subject, content, letter string) error {
	r, err := newMail(tx, request, key, subject, letter)
	if err != nil {
		return err
	}
	for field, plain := range map[string]string{"recipient": to, "content": content} {
		if err := p.seal(r, field, plain); err != nil {
			return err
		}
	}
	return tx.Save(r)
}

// newMail is a mail of the outbox, without what is sealed of it.
func newMail(app core.App, request, key, subject, letter string) (*core.Record, error) {
	r, err := blank(app, records.FOIMails)
	if err != nil {
		return nil, err
	}
	r.Load(map[string]any{"request": request, "key": key, "subject": clip(subject, 200), "letter": letter, "state": "waiting"})
	return r, nil
}
