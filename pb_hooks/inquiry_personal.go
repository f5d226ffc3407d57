package pb_hooks

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication/scan"
)

// nameless is said of a letter after the purge: whether its writer is named in a text
// can no longer be told.
const nameless = "来信人的个人信息已经按期清除，无法核对文字里有没有来信人的信息，不能再公开"

// personalDataIn is what must be removed from a text before it may be published:
// personal data that the scanner sees, and whatever of the writer stands in it.
// Each is named with its place, never with the value.
func (p *platform) personalDataIn(app core.App, c inquiryCase, content writtenText) ([]string, error) {
	letter, err := letterOf(app, c.record.Id)
	if err != nil {
		return nil, err
	}
	who, err := p.openCorrespondent(letter)
	if err != nil {
		return nil, err
	}
	words, err := wordsInForce(app)
	if err != nil {
		return nil, err
	}
	scanner := scan.New(words)
	var found []string
	for _, part := range []struct{ place, text string }{{"标题", content.Title}, {"来信内容", content.Question}, {"答复", content.Answer}} {
		for line := range strings.Lines(part.text) {
			scanner.Add(scan.Content{Cells: []scan.Cell{{Place: part.place, Text: strings.TrimSpace(line)}}})
		}
		for what, value := range map[string]string{"来信人的姓名": who.Name, "来信人的联系方式": who.Contact, "监护人的联系方式": who.Guardian} {
			if value != "" && strings.Contains(part.text, value) {
				found = append(found, part.place+"里有"+what)
			}
		}
	}
	for _, f := range scanner.Findings() {
		if f.Level == scan.Block {
			found = append(found, f.Place+"："+f.Sample+"，"+f.Hint)
		}
	}
	return found, nil
}
