package paper

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/publication"
)

// secrecy is the record of the secrecy review (保守国家秘密法 art. 35; 条例 arts.
// 14–16): each ground, the result, the basis, the reason. Where the school
// referred the case there are two; before the review there is an empty one, to
// be read as "not yet".
func (r Register) secrecy() []docx.Node {
	var taken []Step
	for _, s := range r.Steps {
		if s.Do.IsDecision() && (s.Stage == publication.SecrecyReviewing || s.Stage == publication.Referred) {
			taken = append(taken, s)
		}
	}
	if len(taken) == 0 {
		return []docx.Node{reviewOf(Step{Stage: publication.SecrecyReviewing})}
	}
	var nodes []docx.Node
	for i, s := range taken {
		if len(taken) > 1 {
			nodes = append(nodes, docx.Paragraph("Part", "（"+numerals[i]+"）"+reviewNames[s.Stage]))
		}
		nodes = append(nodes, reviewOf(s))
	}
	return nodes
}

func reviewOf(s Step) docx.Node {
	heads := labels([]string{"审查内容", "已审查", "涉及", "审查内容", "已审查", "涉及"})
	heads[0].Span = 2
	rows := []docx.Row{{Cells: heads, Heading: true}}
	for pair := range slices.Chunk(publication.SecrecyPoints(), 2) {
		var cells []docx.Cell
		for _, p := range pair {
			found := slices.Contains(s.Check.Found, p)
			examined := found || slices.Contains(s.Check.Examined, p) // only who looked can have found something
			cells = append(cells, value(p.Name()), middle(tick(examined)), middle(tick(found)))
		}
		cells[0].Span = 2
		rows = append(rows, docx.Row{Cells: cells, Whole: true, Joined: true})
	}
	var results []string
	for _, result := range publication.Results() {
		results = append(results, tick(s.Check.Result == result)+result.Name())
	}
	who := "尚未审查"
	if s.Do != "" {
		who = fmt.Sprintf("%s，%s，%s", s.signer(), s.duty(), chineseMinute(s.At))
	}
	rows = append(rows, docx.Row{Cells: []docx.Cell{label("审查结果"), wide(6, strings.Join(results, "　"))}, Whole: true, Joined: true})
	for _, line := range [][2]string{{"依据", s.Check.Basis}, {"原因", s.Reason}} {
		about := wide(6, line[1])
		if s.Do == "" {
			about.Text = "" // somebody may fill it in by hand
		}
		rows = append(rows, docx.Row{Cells: []docx.Cell{label(line[0]), about}, Whole: true, Joined: true})
	}
	rows = append(rows, whole(label(reviewNames[s.Stage]+"人"), wide(6, who)))
	return table([]int{1404, 1388, 900, 900, 2792, 900, 900}, rows...)
}

// earlier lists the other texts of this article that were submitted before.
func (r Register) earlier() []docx.Node {
	rows := []docx.Row{headings("版本", "送审", "结果", "办理人、时间", "原因")}
	for _, round := range r.Earlier {
		if len(round.Steps) == 0 {
			continue
		}
		sent, last := round.Steps[0], lastReview(round.Steps)
		rows = append(rows, whole(middle(fmt.Sprintf("第 %d 版", round.Version)), middle(sent.signer()+"\n"+minute(sent.At)),
			middle(outcome(round.Steps, round.Form)), middle(last.signer()+"\n"+minute(last.At)), value(last.Reason)))
	}
	return []docx.Node{table([]int{1000, 1900, 1300, 1900, 3084}, rows...)}
}

// lastReview is the step that ended a round, or that it has come to.
func lastReview(steps []Step) Step {
	for _, s := range slices.Backward(steps) {
		if s.Do.IsReview() {
			return s
		}
	}
	return Step{}
}

// signatures is where people sign by hand. The names are those of the record.
func (r Register) signatures() []docx.Node {
	rows := []docx.Row{headings("岗位", "姓名（办理记录）", "签名", "日期")}
	line := func(post string, s Step, done bool) {
		name := ""
		if done {
			name = s.signer()
		}
		rows = append(rows, docx.Row{Cells: []docx.Cell{label(post), middle(name), middle(""), middle(blankDay)}, Whole: true, Joined: true, Height: 560})
	}
	sent, ok := r.first(publication.Submit)
	line("送审人", sent, ok)
	for _, stage := range publication.Stages() {
		s, ok := r.lastAt(stage)
		if reviewNames[stage] != "" && (ok || stage == publication.Reviewing || stage == publication.SecrecyReviewing ||
			stage == publication.SecondReviewing && r.Form == publication.Extended) {
			line(reviewNames[stage]+"人", s, ok)
		}
	}
	line("单位负责人", Step{}, false)
	return []docx.Node{table([]int{1600, 2684, 2600, 2300}, rows...)}
}
