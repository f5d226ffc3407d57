package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// ReplyDraft is the draft of an answer (答复书稿).
type ReplyDraft struct {
	ID           string   `json:"id"`
	Outcome      string   `json:"outcome"`
	Content      string   `json:"content"`
	Reason       string   `json:"reason"`
	Basis        string   `json:"basis"`
	Withheld     []string `json:"withheld"`
	Files        []string `json:"files"`
	Link         string   `json:"link"`
	Obtain       string   `json:"obtain"`
	OtherBody    string   `json:"other_body"`
	OtherContact string   `json:"other_contact"`
	BodyUnknown  bool     `json:"body_unknown"`
	Earlier      string   `json:"earlier"`
	NotConsulted string   `json:"not_consulted"`
	Remedy       string   `json:"remedy"`
	Supplement   string   `json:"supplement"`
	Hash         string   `json:"hash"`    // of a submitted one
	Updated      string   `json:"updated"` // of one being written: a save names the state it began from
	// Problems are what stands against submitting it, by field.
	Problems map[string]string `json:"problems"`
}

func draftView(app core.App, d *core.Record) (ReplyDraft, error) {
	t := d.GetString
	v := ReplyDraft{ID: d.Id, Outcome: t("outcome"), Content: t("content"), Reason: t("reason"), Basis: t("basis"), Withheld: slices.Clone(d.GetStringSlice("withheld")),
		Files: slices.Clone(d.GetStringSlice("files")), Link: t("link"), Obtain: t("obtain"), OtherBody: t("other_body"), OtherContact: t("other_contact"),
		BodyUnknown: d.GetBool("body_unknown"), Earlier: t("earlier"), NotConsulted: t("not_consulted"), Remedy: t("remedy"), Supplement: t("supplement"),
		Hash: t("hash"), Updated: t("updated"), Problems: map[string]string{}}
	reply, err := replyOf(app, d)
	if err != nil || reply.Outcome == "" {
		return v, err
	}
	for field, problem := range reply.Validate() {
		v.Problems[field] = problem.Error()
	}
	return v, nil
}

// saveDraft writes the draft of an answer. Whoever saves it is one of its
// writers, who sign nothing of it; two people who write at once are told.
func (p *platform) saveDraft(e *core.RequestEvent) error {
	var body ReplyDraft
	if err := readBody(e, &body); err != nil {
		return err
	}
	var saved ReplyDraft
	err := e.App.RunInTransaction(func(tx core.App) error {
		request, signers, err := p.visibleRequest(tx, e.Auth, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		if err := body.impossible(); err != nil {
			return err
		}
		c, err := p.foiCaseOf(tx, request)
		if err != nil {
			return err
		}
		if !mayWriteDraft(c.Case, signers) {
			return e.ForbiddenError("现在不能改答复书：要由专管员或承办人在办理中填写。", nil)
		}
		draft, err := openDraft(tx, request.Id)
		if err != nil {
			return err
		}
		if draft == nil {
			collection, err := tx.FindCachedCollectionByNameOrId(records.FOIReplies)
			if err != nil {
				return err
			}
			draft = core.NewRecord(collection)
			draft.Set("request", request.Id)
		} else if body.Updated != draft.GetString("updated") {
			return e.Error(http.StatusConflict, "这份答复书刚被同事改过，请刷新后在最新内容上修改。", nil)
		}
		if err := p.fillDraft(tx, draft, body, e.Auth.Id); err != nil {
			return err
		}
		if err := tx.Save(draft); err != nil {
			return err
		}
		if saved, err = draftView(tx, draft); err != nil {
			return err
		}
		return p.doneBy(tx, e, "foi_draft", request, nil)
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, saved)
}

// impossible refuses what cannot be stored. What is only incomplete is stored, and
// said in Problems.
func (b ReplyDraft) impossible() error {
	r := foi.Reply{Outcome: foi.OutcomeCode(b.Outcome), Content: b.Content, Reason: b.Reason, Basis: b.Basis, Link: b.Link, Obtain: b.Obtain,
		OtherBody: b.OtherBody, OtherContact: b.OtherContact, Earlier: b.Earlier, NotConsulted: b.NotConsulted, Remedy: b.Remedy}
	for _, code := range b.Withheld {
		r.Withheld = append(r.Withheld, foi.OutcomeCode(code))
	}
	problems := r.Impossible()
	if n := len([]rune(b.Supplement)); n > foi.LongestReplyText {
		problems["supplement"] = foi.Refusal{Why: foi.Malformed, Field: "supplement", Sentence: fmt.Sprintf("不能超过 %d 字", foi.LongestReplyText)}
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return nil
}

func mayWriteDraft(c foi.Case, signers []signer) bool {
	return (c.State == foi.Registered || c.State == foi.Processing || c.State == foi.Supplementing) && c.Proposal.Do != foi.AnswerAtOnce &&
		slices.ContainsFunc(signers, func(s signer) bool { return s.As == foi.Clerk || s.As == foi.Department })
}

func (p *platform) fillDraft(tx core.App, draft *core.Record, body ReplyDraft, writer string) error {
	for _, id := range body.Files {
		n, err := tx.CountRecords(records.FOIFiles, dbx.HashExp{"id": id, "request": draft.GetString("request")})
		if err != nil {
			return err
		}
		if n == 0 {
			return refused("files", "foi_malformed", "附件不属于这件申请，请重新选择")
		}
	}
	writers, err := writersOfDraft(draft)
	if err != nil {
		return err
	}
	if !slices.Contains(writers, writer) {
		writers = append(writers, writer)
	}
	draft.Load(map[string]any{"outcome": body.Outcome, "content": body.Content, "reason": body.Reason, "basis": body.Basis, "withheld": body.Withheld,
		"files": body.Files, "link": body.Link, "obtain": body.Obtain, "other_body": body.OtherBody, "other_contact": body.OtherContact,
		"body_unknown": body.BodyUnknown, "earlier": body.Earlier, "not_consulted": body.NotConsulted, "remedy": body.Remedy, "supplement": body.Supplement,
		"writers": writers})
	return nil
}
