package foi

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Reply is what an answer says, before its letter is written.
type Reply struct {
	Outcome      OutcomeCode
	Content      string        // 申请公开的内容
	Reason       string        // 理由
	Basis        string        // laws beside 条例, with their articles
	Withheld     []OutcomeCode // of a partial disclosure: why the rest is not given
	Files        []ReplyFile
	Link         string // where it is published
	Obtain       string // 获取的方式、途径和时间; for petitions the way to raise them
	OtherBody    string // 负责公开的单位
	OtherContact string
	BodyUnknown  bool   // it cannot be determined who discloses it (art. 36 (五) asks only where it can)
	Earlier      string // number of the answer given before
	Consulted    bool   // the third party was asked in writing
	NotConsulted string // or why it could not be
	Remedy       string // wording of this case alone; "" for the one in force
}

// ReplyFile is an attachment of an answer.
type ReplyFile struct {
	ID, Name   string
	RedactedOf string // id of the file that this is the redacted copy of; "" for none
	Covered    bool   // the case has a redacted copy of this file, or of one with the same content
}

// LongestReplyText bounds each text of an answer, in characters.
const LongestReplyText = 5000

// Impossible lists what cannot even be kept as a draft, by the name of the field:
// texts that are too long, codes that are none. A draft may lack everything else.
func (r Reply) Impossible() map[string]error {
	problems := map[string]error{}
	say := func(field, _, sentence string) {
		if problems[field] == nil {
			problems[field] = Refusal{Why: Malformed, Field: field, Sentence: sentence}
		}
	}
	r.checkTexts(say)
	for field, codes := range map[string][]OutcomeCode{"outcome": {r.Outcome}, "withheld": r.Withheld} {
		for _, code := range codes {
			if _, err := FindOutcome(code); err != nil && code != "" {
				say(field, "", err.Error())
			}
		}
	}
	return problems
}

// Validate lists what is wrong with an answer, by the name of the field, each with
// the article it rests on; none if it may be submitted for review. The errors are
// Refusals: Missing what must be there, Malformed what cannot be right.
func (r Reply) Validate() map[string]error {
	o, err := FindOutcome(r.Outcome)
	if err != nil {
		return map[string]error{"outcome": err}
	}
	problems := map[string]error{}
	say := func(why Why) saying {
		return func(field, article, sentence string) {
			if article != "" {
				article = "条例" + article
			}
			if problems[field] == nil {
				problems[field] = Refusal{Why: why, Field: field, Sentence: sentence, Law: article}
			}
		}
	}
	r.checkTexts(say(Malformed))
	r.checkLink(say(Malformed))
	r.checkWithheld(o, say(Malformed))
	r.checkFiles(o, say(Malformed))
	if isBlank(r.Content) {
		say(Missing)("content", "第二十九条", "请写明申请公开的内容")
	}
	for _, part := range r.grounds(o) {
		for _, n := range part.Needs {
			r.checkNeed(part, n, say(Missing))
		}
	}
	return problems
}

// saying adds a problem with a field, on an article of 条例 ("" for none).
type saying func(field, article, sentence string)

// grounds are the outcome and, of a partial disclosure, the outcomes of the part
// that is withheld: what those need is needed too.
func (r Reply) grounds(o Outcome) []Outcome {
	list := []Outcome{o}
	for _, code := range r.Withheld {
		if w, err := FindOutcome(code); err == nil && o.Kind == KindPartial {
			list = append(list, w)
		}
	}
	return list
}

func (r Reply) checkTexts(say saying) {
	for field, text := range map[string]string{"content": r.Content, "reason": r.Reason, "basis": r.Basis, "obtain": r.Obtain,
		"other_body": r.OtherBody + r.OtherContact, "earlier": r.Earlier, "not_consulted": r.NotConsulted, "remedy": r.Remedy, "link": r.Link} {
		if utf8.RuneCountInString(text) > LongestReplyText {
			say(field, "", fmt.Sprintf("不能超过 %d 字", LongestReplyText))
		}
	}
}

func (r Reply) checkLink(say saying) {
	if !isBlank(r.Link) && !isLink(r.Link) {
		say("link", "", "网址不完整，请填写以 http:// 或者 https:// 开头的网址")
	}
}

func (r Reply) checkWithheld(o Outcome, say saying) {
	for _, code := range r.Withheld {
		w, err := FindOutcome(code)
		switch {
		case err != nil:
			say("withheld", "", err.Error())
		case o.Kind != KindPartial:
			say("withheld", "第三十七条", "只有部分公开的答复才填写不予公开的部分")
		case w.Kind != KindRefused && w.Kind != KindUnavailable:
			say("withheld", "第三十七条", "不予公开的部分只能是不予公开或者无法提供的情形")
		}
	}
}

// checkFiles sees to it that what is not disclosed is not sent along.
func (r Reply) checkFiles(o Outcome, say saying) {
	if len(r.Files) > 0 && !o.MayCarryFiles() {
		say("files", "第三十七条", "“"+o.Kind.Name()+"”的答复不能附所申请的信息；能够作区分处理的请选部分公开")
	}
	for _, f := range r.Files {
		if f.Covered {
			say("files", "第三十七条", "“"+f.Name+"”是遮盖前的原件，不能发给申请人，请只附遮盖后的副本；要全部公开的，请先删除副本")
		}
	}
}

func (r Reply) checkNeed(o Outcome, n Need, say saying) {
	noWay := isBlank(r.Link) && isBlank(r.Obtain)
	redacted := slices.ContainsFunc(r.Files, func(f ReplyFile) bool { return f.RedactedOf != "" })
	switch n {
	case NeedFileOrWay:
		if len(r.Files) == 0 && noWay {
			say("files", o.Article, "予以公开的，请附上信息，或者写明获取的方式、途径和时间")
		}
	case NeedWay:
		if noWay {
			say("obtain", o.Article, "请写明获取的方式、途径，或者填写网址")
		}
	case NeedRedactedCopy:
		if !redacted {
			say("files", o.Article, "部分公开的，请附上遮盖后的副本")
		}
	case NeedWithheld:
		if len(r.Withheld) == 0 {
			say("withheld", o.Article, "请选择不予公开的部分属于哪些情形")
		}
	case NeedReason:
		if isBlank(r.Reason) {
			say("reason", o.Article, "请写明理由："+o.Hint)
		}
	case NeedBasis:
		if isBlank(r.Basis) {
			say("basis", o.Article, "请写明所依据的法律、行政法规或者有关规定及其条款")
		}
	case NeedConsulted:
		if !r.Consulted && isBlank(r.NotConsulted) {
			say("consulted", "第三十二条", "涉及第三方合法权益的，应当书面征求第三方意见；无法征求的请说明原因")
		}
	case NeedOtherBody:
		if !r.BodyUnknown && (isBlank(r.OtherBody) || isBlank(r.OtherContact)) {
			say("other_body", o.Article, "请写明负责公开该信息的单位的名称和联系方式；不能确定的请勾选")
		}
	case NeedEarlier:
		if isBlank(r.Earlier) {
			say("earlier", o.Article, "请写明以前答复书的文号")
		}
	}
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

func isLink(text string) bool {
	u, err := url.Parse(strings.TrimSpace(text))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}
