package foi

import (
	"fmt"
	"strings"
)

// Issuer is who writes a letter.
type Issuer struct {
	Name    string // 落款单位, in full
	Unit    string // how it calls itself in the text: 本校, 本园, 本局
	Bureau  string // 主管部门, which hears complaints (条例 art. 55 ¶2)
	Contact string
	Phone   string
	Address string
	Verb    string // how it goes by 条例; "" is 参照: art. 55 does not make it a 行政机关
}

// Values are the placeholders that say who writes.
func (i Issuer) Values() map[string]string {
	return map[string]string{"落款单位": i.Name, "本单位": i.Unit, "主管部门": i.Bureau, "联系人": i.Contact, "联系电话": i.Phone, "联系地址": i.Address}
}

func (i Issuer) verb() string {
	if i.Verb == "" {
		return "参照"
	}
	return i.Verb
}

// Values are the placeholders that an answer fills: finding, basis, reason, files,
// ways, remedy. Number, dates and applicant are the case's. The remedy is the
// wording in force; the answer's own goes before it. Errors are those of the texts'
// placeholders and UnknownOutcome; call Validate first.
func (r Reply) Values(by Issuer, remedy RemedyText) (map[string]string, error) {
	o, err := FindOutcome(r.Outcome)
	if err != nil {
		return nil, err
	}
	values := by.Values()
	finding, err := FillText(o.Finding, values)
	if err != nil {
		return nil, fmt.Errorf("finding of %s: %w", o.Code, err)
	}
	text := r.Remedy
	if isBlank(text) {
		text = remedy.Text
	}
	if text, err = FillText(text, values); err != nil {
		return nil, fmt.Errorf("remedy: %w", err)
	}
	var articles []string
	for _, part := range r.grounds(o) {
		articles = append(articles, part.Article)
	}
	values["申请内容"] = r.Content
	values["审查结论"] = finding
	values["法律依据"] = Grounds(by.verb(), articles, r.Basis)
	values["理由"] = r.reasons()
	values["附件清单"] = r.fileList()
	values["获取方式"] = r.way(o)
	values["其他单位"] = r.otherBody()
	values["以前答复"] = r.Earlier
	values["救济途径"] = text
	return values, nil
}

func (r Reply) reasons() string {
	if isBlank(r.NotConsulted) || r.Consulted {
		return r.Reason
	}
	return r.Reason + "\n未能征求第三方意见的原因：" + r.NotConsulted
}

// fileList is 附件：1. …, empty without files.
func (r Reply) fileList() string {
	var lines []string
	for i, f := range r.Files {
		line := fmt.Sprintf("%d. %s", i+1, f.Name)
		if f.RedactedOf != "" {
			line += "（已作区分处理）"
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return ""
	}
	return "附件：" + strings.Join(lines, "\n")
}

func (r Reply) way(o Outcome) string {
	parts := strings.TrimSpace(r.Obtain)
	if link := strings.TrimSpace(r.Link); link != "" {
		parts = strings.TrimSpace(parts + "\n网址：" + link)
	}
	switch {
	case parts == "":
		return ""
	case o.Code == OutcomePetition:
		return "有关事项可以通过下列渠道提出：" + parts
	}
	return "获取的方式、途径：" + parts
}

func (r Reply) otherBody() string {
	switch {
	case r.BodyUnknown:
		return "目前不能确定负责公开该信息的单位。"
	case isBlank(r.OtherBody):
		return ""
	}
	return fmt.Sprintf("请向负责公开该信息的单位申请：%s，联系方式：%s。", r.OtherBody, r.OtherContact)
}
