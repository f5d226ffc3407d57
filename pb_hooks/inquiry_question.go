package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// questionBody is what an answered letter is to be as a question: in words of its
// own, not the writer's.
type questionBody struct {
	Title    string `json:"title"` // the question
	Topic    string `json:"topic"`
	Audience string `json:"audience"`
	Answer   string `json:"answer"` // "" is the last answer as it was given
}

// QuestionMade names the draft of a question.
type QuestionMade struct {
	Article string `json:"article"`
}

// problems lists what is missing or too long, by field.
func (b questionBody) problems() map[string]error {
	problems := map[string]error{}
	for _, f := range []struct {
		field, text, ask string
		most             int
	}{{"title", b.Title, "请填写问题，用一般的说法，不写来信人的情况", 100}, {"topic", b.Topic, "请填写主题", 60}, {"audience", b.Audience, "请填写适用对象", 60}, {"answer", b.Answer, "", longestAnswer}} {
		switch n := utf8.RuneCountInString(f.text); {
		case n == 0 && f.ask != "":
			problems[f.field] = inquiry.Refusal{Why: inquiry.Missing, Field: f.field, Sentence: f.ask}
		case n > f.most:
			problems[f.field] = inquiry.Refusal{Why: inquiry.OutOfRange, Field: f.field, Sentence: fmt.Sprintf("不能超过 %d 字，现在有 %d 字", f.most, n)}
		}
	}
	return problems
}

// makeQuestion makes the draft of a question (便民问答) out of an answered letter. It
// goes the way of every article, and whoever makes it is one of its writers.
func (p *platform) makeQuestion(e *core.RequestEvent) error {
	var body questionBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	body = questionBody{cleanLine(body.Title), cleanLine(body.Topic), cleanLine(body.Audience), cleanLines(body.Answer)}
	if problems := body.problems(); len(problems) > 0 {
		return fieldErrors(problems)
	}
	var made QuestionMade
	err := e.App.RunInTransaction(func(tx core.App) error {
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		record, signers, err := p.visibleInquiry(tx, person, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := p.inquiryCaseOf(tx, record)
		if err != nil {
			return err
		}
		if err := mayMakeQuestion(c, signers); err != nil {
			return err
		}
		article, err := p.questionOf(tx, c, person, body)
		if err != nil {
			return err
		}
		made.Article = article.Id
		record.Set("question", article.Id)
		if err := tx.Save(record); err != nil {
			return err
		}
		return p.doneBy(tx, e, "inquiry_question", record, map[string]any{"article": article.Id})
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, made)
}

// mayMakeQuestion says why no question can be made of a letter; nil if it can.
func mayMakeQuestion(c inquiryCase, signers []inquirySigner) error {
	not := func(sentence string) error {
		return inquiryRefusal(inquiry.Refusal{Why: inquiry.NotNow, Sentence: sentence})
	}
	switch {
	case !slices.ContainsFunc(signers, func(s inquirySigner) bool { return s.As == inquiry.Clerk }):
		return inquiryRefusal(inquiry.Refusal{Why: inquiry.WrongRole, Sentence: "转为便民问答由专管员办理"})
	case c.Unit == bureauUnit:
		return not("便民问答是学校的栏目，教育局办理的来信不能转为便民问答")
	case c.Channel.Visibility != inquiry.Selected || c.IsUrgent() || c.record.GetBool("confidential"):
		return not("这类来信不公开，不能转为便民问答")
	case c.record.GetString("purged_at") != "":
		return not(nameless)
	case !slices.Contains([]inquiry.State{inquiry.Answered, inquiry.Rated, inquiry.Archived}, c.State) || len(c.Answers) == 0:
		return not("来信答复以后才能转为便民问答")
	}
	return nil
}

func (p *platform) questionOf(tx core.App, c inquiryCase, by *core.Record, body questionBody) (*core.Record, error) {
	before, err := tx.CountRecords(records.Articles, dbx.HashExp{"id": c.record.GetString("question")}) // a draft may have been deleted
	if err != nil {
		return nil, err
	}
	if before > 0 {
		return nil, inquiryRefusal(inquiry.Refusal{Why: inquiry.OnceOnly, Sentence: "这件来信已经转为便民问答"})
	}
	if body.Answer == "" {
		given, err := p.answersOfCase(tx, c)
		if err != nil {
			return nil, err
		}
		body.Answer = given[len(given)-1].text
	}
	problems := map[string]error{}
	for field, text := range map[string]writtenText{"title": {Title: body.Title}, "answer": {Answer: body.Answer}} {
		found, err := p.personalDataIn(tx, c, text)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			problems[field] = inquiry.Refusal{Why: inquiry.Malformed, Field: field, Sentence: "还有个人信息：" + strings.Join(found, "、") + "，请先去除"}
		}
	}
	if len(problems) > 0 {
		return nil, fieldErrors(problems)
	}
	facts := map[string]string{factQuestion: body.Title, factAnswer: body.Answer, factTopic: body.Topic, factAudience: body.Audience, factChecked: p.today()}
	return p.draftArticle(tx, by, c.Unit, questionColumn, body.Title, facts, "", c.Answers[len(c.Answers)-1].Writers)
}
