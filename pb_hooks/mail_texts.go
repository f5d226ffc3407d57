package pb_hooks

import (
	"bytes"
	"strconv"
	"strings"
	"text/template"

	"github.com/pocketbase/pocketbase/core"
)

// noticesInMail is how many events a digest names; it counts the rest.
const noticesInMail = 20

// digestText is the mail of a morning.
type digestText struct {
	Name, Site, Workbench string
	InboxCounts
	Notices []mailLine
	More    int // events that are not named
}

type mailLine struct{ Title, Link string }

var digestLetter = template.Must(template.New("digest").Parse(`{{.Name}}，您好：

{{if .All}}您在“{{.Site}}”工作台有 {{.All}} 件待办{{if or .Overdue .Today}}，其中：
{{- if .Overdue}}
  已逾期 {{.Overdue}} 件{{end}}
{{- if .Today}}
  今天到期 {{.Today}} 件{{end}}
{{- if .Todo}}
  其他待办 {{.Todo}} 件{{end}}{{end}}
查看待办：{{.Workbench}}/inbox

{{end}}{{if .Notices}}未读消息：
{{range .Notices}}· {{.Title}}
  {{.Link}}
{{end}}{{if .More}}另有 {{.More}} 条，请在工作台查看。
{{end}}
{{end}}这封邮件由系统在工作日早上发送，没有待办和新消息时不发送。请勿回复。
`))

// urgentLetter is the mail of an emergency, sent at any hour.
var urgentLetter = template.Must(template.New("urgent").Parse(`{{.Name}}，您好：

“{{.Site}}”有一件紧急的事需要您知道：

{{(index .Notices 0).Title}}
查看：{{(index .Notices 0).Link}}

这封邮件由系统在紧急情况下立即发送。请勿回复。
`))

func (t digestText) subject() string {
	var parts []string
	add := func(n int, before, after string) {
		if n > 0 {
			parts = append(parts, before+" "+strconv.Itoa(n)+" "+after)
		}
	}
	add(t.All(), "待办", "件")
	add(t.Overdue, "逾期", "件")
	add(t.Today, "今天到期", "件")
	add(len(t.Notices)+t.More, "未读消息", "条")
	return strings.Join(parts, "，")
}

func (m *postman) textFor(person *core.Record, notices []*core.Record) (digestText, error) {
	d, err := m.p.directory()
	if err != nil {
		return digestText{}, err
	}
	t := digestText{Name: person.GetString("name"), Site: d.District.SiteName, Workbench: d.District.BaseURL + "/workbench"}
	for i, n := range notices {
		if i == noticesInMail {
			t.More = len(notices) - noticesInMail
			break
		}
		t.Notices = append(t.Notices, mailLine{strings.Join(strings.Fields(n.GetString("title")), " "), t.Workbench + n.GetString("link")})
	}
	return t, nil
}

func write(letter *template.Template, t digestText) (string, error) {
	var b bytes.Buffer
	err := letter.Execute(&b, t)
	return b.String(), err
}
