package pb_hooks

import (
	"context"
	"fmt"
	"strings"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// Letter implements site.Reader: how to write to a school by a channel, or ("") to
// the bureau. The bureau takes appeals, and corrections of the pages that are of no
// school.
func (r reader) Letter(_ context.Context, code, school string) (site.LetterPage, error) {
	channel, err := inquiry.FindChannel(inquiry.ChannelCode(code))
	if err != nil || !channel.IsAnswered() || channel.ToBureau != (school == "") && channel.Code != inquiry.Erratum {
		return site.LetterPage{}, site.ErrNotFound
	}
	d, err := r.p.directory()
	if err != nil {
		return site.LetterPage{}, err
	}
	counting, err := r.p.inquiryCounting(r.p.app)
	if err != nil {
		return site.LetterPage{}, err
	}
	level, set := counting.on(workday.Date(r.p.today()))[channel.Code]
	if set {
		channel.Service = level.Service
	}
	v := site.LetterPage{Bureau: d.District.Bureau, Notes: letterNotes(channel, d.District.Bureau), Schools: []site.SchoolRef{},
		Channel: site.Channel{Code: code, Name: channel.Name, Accept: channel.Service.Accept, Reply: channel.Service.Reply, Extend: channel.Service.Extend,
			Closed: level.Closed, Notice: level.Notice}}
	switch {
	case school != "":
		s, ok := d.ByCode(school)
		if !ok {
			return site.LetterPage{}, site.ErrNotFound
		}
		detail := schoolDetail(d, s)
		v.School = &detail
	case channel.Code == inquiry.Appeal:
		v.Schools = schoolRefs(d)
	}
	return v, nil
}

// letterNotes are read before a letter is written.
func letterNotes(c inquiry.Channel, bureau string) []site.Named {
	notes := []site.Named{whatFor[c.Code], {Name: "谁来看", Value: fmt.Sprintf(whoReads[c.Code], bureau)}, {Name: "多久答复", Value: answeredBy(c)},
		{Name: "怎样保密", Value: "要填写姓名和联系方式，对外保密。它们加密保存，只用于办理；办理的人要看，须写明原因，每次都有记录。"}}
	if c.Visibility == inquiry.Selected {
		notes = append(notes, site.Named{Name: "会不会公开", Value: "您同意了才可能选登。选登时去掉姓名和个人信息，并由另一人审核。不同意公开，不影响办理。"})
	} else {
		notes = append(notes, site.Named{Name: "会不会公开", Value: "不公开。"})
	}
	var grounds []string
	for _, g := range inquiry.Grounds() {
		grounds = append(grounds, g.Name())
	}
	return append(notes, site.Named{Name: "哪些不受理", Value: strings.Join(grounds, "；") + "。不受理的，会说明理由和应当走的渠道。"})
}

var whatFor = map[inquiry.ChannelCode]site.Named{
	inquiry.Consultation: {Name: "可以问什么", Value: "入学、转学、收费、课后服务等和学校有关的问题。"},
	inquiry.Mailbox:      {Name: "可以写什么", Value: "对学校工作的意见、建议、投诉和求助。也可以反映侵害未成年人、学生欺凌、师德师风和食品安全问题。"},
	inquiry.Erratum:      {Name: "可以报什么", Value: "错别字、打不开的链接、过时的内容、泄露的个人信息。"},
	inquiry.Appeal:       {Name: "什么时候申诉", Value: "认为学校没有依法公开信息，或者没有依法答复信息公开申请的。"},
}

// whoReads has one place, for the name of the bureau.
var whoReads = map[inquiry.ChannelCode]string{
	inquiry.Consultation: "学校的专管员和承办部门，答复由工作机构负责人审核。%[1]s监督办理。",
	inquiry.Mailbox: "学校的专管员、承办部门和校长。反映侵害未成年人、学生欺凌、师德师风的，只有专管员、校长、指定的办理人和%[1]s能看。" +
		"反映校长本人的，直接交给%[1]s，不交给学校。",
	inquiry.Erratum: "发布网页的单位的专管员。%[1]s监督办理。",
	inquiry.Appeal:  "%[1]s办理信息公开工作的人员。",
}

// answeredBy says by when a letter is accepted and answered.
func answeredBy(c inquiry.Channel) string {
	accept := "当天（节假日顺延）受理"
	if c.Service.Accept > 0 {
		accept = fmt.Sprintf("%d 个工作日内受理", c.Service.Accept)
	}
	text := fmt.Sprintf("%s，%d 个工作日内答复。", accept, c.Service.Reply)
	if c.Service.Extend > 0 {
		text += fmt.Sprintf("情况复杂的可以延长一次，最多再加 %d 个工作日，会先告诉您进展。", max(c.Service.Extend, c.Service.Complex))
	}
	if c.Code == inquiry.Mailbox {
		text += fmt.Sprintf("反映侵害未成年人、学生欺凌、师德师风和食品安全的，马上告知校长和教育局，%d 小时内受理，%d 个工作日内先回复。",
			inquiry.UrgentAcceptHours, inquiry.UrgentFirstReply)
	}
	return text + "周末和法定节假日不算。"
}
