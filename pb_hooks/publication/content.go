package publication

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Content is what is about to be published.
type Content struct {
	Title       string
	Text        string // visible text of the body
	Facts       []map[string]string
	Attachments int
	CreatedOn   string // 生成日期
	Originally  string // 原发布日期; "" for what was not public elsewhere before
	ValidUntil  string
	Publicity   int // 公示期 in working days; 0 for what is no 公示
	Images      []ImageText
	Scans       int // files in which no text can be read: to many readers they are pictures
}

// ImageText is a picture with the words that stand for it.
type ImageText struct{ Name, Alt string }

// Column is what the column asks of its content.
type Column struct {
	Kind        string
	NamedFields []string // must be filled in columns with named fields
	NeedsFile   bool     // 附件 columns
	Publicity   int      // shortest 公示期 in working days; 0 or less where the column sets none
}

// shortestAlternative is how much text makes an item readable that otherwise
// consists of files only (regulations on image-only notices, rule 5).
const shortestAlternative = 30

// Missing lists what must be filled in before content may be published, by the
// name of its field. Today is a date such as "2026-11-23".
func Missing(c Content, col Column, today string) map[string]error {
	missing := map[string]error{}
	ask := func(field, sentence string) { missing[field] = Incomplete{field, sentence} }
	if strings.TrimSpace(c.Title) == "" {
		ask("title", "请填写标题")
	}
	if c.CreatedOn == "" {
		ask("created_on", "请填写生成日期")
	} else if !isDate(c.CreatedOn) {
		ask("created_on", "生成日期不是有效日期")
	} else if c.CreatedOn > today {
		ask("created_on", "生成日期不能晚于今天")
	}
	if c.Originally != "" && !isPast(c.Originally, today) {
		ask("originally_on", "原发布日期不是有效日期，或晚于今天")
	}
	if c.ValidUntil != "" && !isDate(c.ValidUntil) {
		ask("valid_until", "有效期不是有效日期")
	} else if c.ValidUntil != "" && c.ValidUntil < today {
		ask("valid_until", "有效期已经过去，请改为今天以后的日期或留空")
	}
	if sentence := publicityProblem(c, col); sentence != "" {
		ask("publicity_workdays", sentence)
	}
	if col.NeedsFile && c.Attachments == 0 {
		ask("attachments", "本栏目要求上传文件")
	}
	if sentence := bodyProblem(c); sentence != "" {
		ask("body", sentence)
	}
	for _, img := range c.Images {
		if strings.TrimSpace(img.Alt) == "" {
			ask("attachments", "请为图片“"+img.Name+"”填写替代文字，供看不到图片的人阅读")
		}
	}
	if empty := emptyFields(c.Facts, col); len(empty) > 0 {
		ask("facts", "请填写："+strings.Join(empty, "、"))
	} else if col.Kind == "qa" && slices.ContainsFunc(c.Facts, func(row map[string]string) bool { return !isPast(row["核对日期"], today) }) {
		ask("facts", "核对日期要写成 2026-09-01 的样子，不能晚于今天")
	}
	return missing
}

// isPast reports whether the day of a question's last check, where it has one, has come.
func isPast(text, today string) bool { return text == "" || isDate(text) && text <= today }

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// publicityProblem holds a 公示 to the period of its column: an announcement of
// names and results is taken down when the period ends.
func publicityProblem(c Content, col Column) string {
	switch {
	case c.Publicity < 0 || c.Publicity > longestPublicity:
		return fmt.Sprintf("公示期填写 1 至 %d 个工作日，不是公示的信息填 0", longestPublicity)
	case c.Publicity == 0 && isPublicity(c.Title, col):
		return fmt.Sprintf("标题是“公示”，请填写公示期，不少于 %d 个工作日", max(col.Publicity, shortestPublicity))
	case c.Publicity > 0 && c.Publicity < col.Publicity:
		return fmt.Sprintf("本栏目的公示期不少于 %d 个工作日", col.Publicity)
	}
	return ""
}

// shortestPublicity is the 公示期 where a column sets none, in working days
// (资助和录取名单的惯例，教财厅函〔2017〕28号).
const shortestPublicity = 5

// isPublicity reports whether a title announces a 公示 that ends: any in a column
// that sets a period, elsewhere one of people or of results. A 收费公示 is none:
// it stays.
func isPublicity(title string, col Column) bool {
	title = batch.ReplaceAllString(strings.TrimSpace(title), "")
	return strings.HasSuffix(title, "公示") && (col.Publicity > 0 || ofPeople.MatchString(title))
}

var (
	batch    = regexp.MustCompile(`[（(〔【][^（(〔【]*[）)〕】]\s*$`) // （第二批）
	ofPeople = regexp.MustCompile(`拟|名单|结果|录取|评选|评审|候选|推荐|人选|中标|成交`)
)

// longestPublicity bounds a 公示期, in working days.
const longestPublicity = 60

func bodyProblem(c Content) string {
	letters := utf8.RuneCountInString(strings.Join(strings.Fields(c.Text), ""))
	switch {
	case letters == 0 && c.Attachments == 0 && !hasFacts(c.Facts):
		return "正文是空的，请填写内容"
	case letters < shortestAlternative && len(c.Images)+c.Scans > 0 && !hasFacts(c.Facts):
		return "只有图片或扫描件的公告很多人读不到，请在正文中写出主要内容（至少 30 字）"
	}
	return ""
}

// hasFacts reports whether anything is written in the named fields.
func hasFacts(rows []map[string]string) bool {
	for _, row := range rows {
		for _, text := range row {
			if strings.TrimSpace(text) != "" {
				return true
			}
		}
	}
	return false
}

// emptyFields names the fields that some row leaves out.
func emptyFields(rows []map[string]string, col Column) []string {
	if col.Kind != "structured" && col.Kind != "qa" {
		return nil
	}
	if len(rows) == 0 {
		return col.NamedFields
	}
	var empty []string
	for _, f := range col.NamedFields {
		for _, row := range rows {
			if strings.TrimSpace(row[f]) == "" {
				empty = append(empty, f)
				break
			}
		}
	}
	return empty
}
