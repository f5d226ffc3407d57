package pb_hooks

import (
	"html"
	"strings"

	"github.com/pocketbase/dbx"
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
	if before.Publication != inquiry.Published {
		return nil
	}
	reason := "来信人不再同意公开"
	if act.Do == inquiry.DeclinePublication {
		reason = "学校决定不再公开"
	}
	return p.takeBackSelection(tx, before.record, reason)
}

// takeBackSelection takes the article of a selected letter out of the review that it
// is in and from the public, and tells its people. The guard of its steps keeps it
// there: see letterProblem.
func (p *platform) takeBackSelection(tx core.App, letter *core.Record, reason string) error {
	article := letter.GetString("article")
	if n, err := tx.CountRecords(records.Articles, dbx.HashExp{"id": article}); err != nil || n == 0 { // a draft may have been deleted
		return err
	}
	now, err := stand(tx, article)
	if err != nil {
		return err
	}
	done := "不再选登，请不要再提交"
	if _, err := publication.FindReview(now.Stage, publication.Recall, now.Form); err == nil {
		if err := p.step(tx, article, now.Pending, publication.Recall, reason); err != nil {
			return err
		}
	}
	if _, err := publication.FindMove(now.State, publication.Withdraw); err == nil {
		if err := p.step(tx, article, "", publication.Withdraw, reason); err != nil {
			return err
		}
		done = "选登的来信已经撤下"
	}
	people, err := p.peopleOf(tx, letter.GetString("unit"), publication.Editor, publication.Clerk)
	if err != nil {
		return err
	}
	return notify(tx, people, notification{Kind: kindInquiry, Key: "inquiry_withdraw/" + article, Link: "/articles/" + article,
		Title: clip(reason+"，"+done+"："+letter.GetString("number"), 300)})
}

// letterProblem refuses to make an article public that is a selected letter and may
// not be public: the writer took the consent back, or the reviewer decided so, or
// another text took its place. It costs nothing for all other articles.
func letterProblem(app core.App, article *core.Record) error {
	if article.GetString("letter") == "" {
		return nil
	}
	letter, err := app.FindRecordById(records.Inquiries, article.GetString("letter"))
	if err != nil {
		return err
	}
	if letter.GetString("publication") != string(inquiry.Published) || letter.GetString("article") != article.Id {
		return refused("action", "letter_not_public", "这件来信不再选登：来信人撤回了公开同意，或者学校决定不公开，不能提交和公开")
	}
	return nil
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
	if article, err = tx.FindRecordById(records.Articles, article.Id); err != nil { // its version wrote on it
		return err
	}
	article.Set("letter", c.record.Id)
	c.record.Set("article", article.Id)
	return tx.Save(article)
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
