package pb_hooks

import (
	"html"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// columnOfSelection is the column in which letters of a channel are published
// (咨询选登, 来信选登).
var columnOfSelection = map[inquiry.ChannelCode]string{inquiry.Consultation: "B0402", inquiry.Mailbox: "B0502"}

// followSelection does what follows when somebody decides about publishing a
// letter. What is released becomes a draft article of the school, with the text as
// it was reviewed; the article's own reviews and the secrecy review come after it.
func (p *platform) followSelection(tx core.App, before, after inquiryCase, act inquiryAct) error {
	if act.Do == inquiry.Publish {
		return p.articleOfSelection(tx, after)
	}
	if before.Publication == inquiry.Proposed && act.Do == inquiry.DeclinePublication {
		return p.reopenText(tx, before.record.Id, textSelection, before.Selection.Hash)
	}
	if before.Publication != inquiry.Published || before.record.GetString("article") == "" {
		return nil
	}
	people, err := p.peopleOf(tx, schoolOfUnit(before.Unit), publication.Editor, publication.Clerk)
	if err != nil {
		return err
	}
	n := notification{Kind: kindInquiry, Key: "inquiry_withdraw/" + before.record.Id, Link: "/articles/" + before.record.GetString("article"), Urgent: true,
		Title: clip("请撤下选登的来信，来信人或者审核人不再同意公开："+before.record.GetString("number"), 300)}
	return notify(tx, people, n)
}

func (p *platform) articleOfSelection(tx core.App, c inquiryCase) error {
	text, err := textWithHash(tx, c.record.Id, c.Selection.Hash)
	if err != nil {
		return err
	}
	content, err := p.contentOf(text)
	if err != nil {
		return err
	}
	proposer := ""
	for _, e := range c.events {
		if e.Do == inquiry.ProposePublication {
			proposer = e.By
		}
	}
	by, err := tx.FindRecordById(records.Staff, proposer)
	if err != nil {
		return err
	}
	unit, err := p.unitName(c.Unit)
	if err != nil {
		return err
	}
	facts := map[string]string{"主题": content.Title, "答复日期": string(c.Answers[len(c.Answers)-1].On), "正文": content.Question, "满意度": c.LastRating().Name()}
	if c.Channel.Code == inquiry.Consultation {
		facts["咨询日期"], facts["答复单位"] = string(c.Submitted), unit
	} else {
		facts["来信日期"] = string(c.Submitted)
	}
	body := "<h2>来信</h2>" + paragraphs(content.Question) + "<h2>答复</h2>" + paragraphs(content.Answer)
	article, err := p.draftArticle(tx, by, c.Unit, columnOfSelection[c.Channel.Code], content.Title, facts, body, c.Selection.Writers)
	if err != nil {
		return err
	}
	c.record.Set("article", article.Id)
	return nil
}

// paragraphs is plain text as HTML, a line a paragraph.
func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>" + html.EscapeString(line) + "</p>")
		}
	}
	return b.String()
}
