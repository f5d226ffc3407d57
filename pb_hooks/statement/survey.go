package statement

import (
	"fmt"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/survey"
	"gongkai/pb_hooks/workday"
)

// Survey is all that the workbook of a survey of school staff says (满意度调查结果).
type Survey struct {
	Demo        bool   // a demonstration: every page says so
	Issuer      string // the bureau
	Made        workday.Date
	Title       string
	From, Until workday.Date
	Results     survey.Results
}

const (
	tabSurvey  = "满意度"
	tabImprove = "改进意见"
)

// SurveyXlsx is the results of a survey as a workbook: the figures, and what should
// be improved. The same results give the same bytes.
func SurveyXlsx(s Survey) ([]byte, error) {
	w, err := newWorkbook()
	if err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	defer w.Close()
	for i, sheet := range []sheet{s.figures(), s.improvements()} {
		if i == 0 {
			err = w.SetSheetName(w.GetSheetName(0), sheet.tab)
		} else {
			_, err = w.NewSheet(sheet.tab)
		}
		if err == nil {
			err = w.drawOn(sheet, s.about(), surveyNotes, s.Demo)
		}
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", sheet.tab, err)
		}
	}
	return w.finish(s.Made, s.Issuer, s.Title)
}

// about is what stands over every sheet.
func (s Survey) about() string {
	return "制表单位：" + line(s.Issuer) + "　调查期间：" + foi.LetterDate(s.From) + "至" + foi.LetterDate(s.Until) + "　制表日期：" + foi.LetterDate(s.Made)
}

var surveyNotes = []string{
	"一个学校的一个岗位填写一份。满意率是选择“基本满意”及以上的占已填写岗位的比例，没有填写的不算满意。",
	fmt.Sprintf("填写不足 %d 份的组不显示结果；为了不能推算出来，有时相近的一组也不显示。", inquiry.SmallestGroup),
}

// figures are the lines of all groups.
func (s Survey) figures() sheet {
	b := block{heads: [][]cell{{head("项目", 1, 1), head("应填岗位", 1, 1), head("已填岗位", 1, 1)}}}
	for _, level := range survey.Levels() {
		b.heads[0] = append(b.heads[0], head(level.Name(), 1, 1))
	}
	b.heads[0] = append(b.heads[0], head("基本满意及以上", 1, 1), head("满意率", 1, 1))
	columns := len(b.heads[0])
	add := func(name string, lines []survey.Line) {
		b.rows = append(b.rows, []cell{head(name, columns, 1)})
		for _, l := range lines {
			cells := []cell{label(line(l.Name), 1, 1), count(l.Asked)}
			if l.Hidden {
				b.rows = append(b.rows, append(cells, cell{look: lookFigure, text: fmt.Sprintf("不足 %d 份或需要保密，不显示", inquiry.SmallestGroup), across: columns - 2}))
				continue
			}
			cells = append(cells, count(l.Answered))
			for _, n := range l.Levels {
				cells = append(cells, count(n))
			}
			b.rows = append(b.rows, append(cells, count(l.Satisfied), cell{look: lookFigure, text: l.Share}))
		}
	}
	add("各题（全区）", s.Results.Questions)
	add("总体满意程度，按学段", s.Results.Stages)
	add("总体满意程度，按岗位", s.Results.Duties)
	return sheet{tab: tabSurvey, title: line(s.Title) + "结果", grid: []int{3200, 900, 900, 900, 900, 900, 900, 900, 1100, 900}, long: true, labels: 1, blocks: []block{b}}
}

func count(n int) cell { return cell{look: lookFigure, count: &n} }

// improvements are what should be improved most, without a school.
func (s Survey) improvements() sheet {
	b := block{heads: [][]cell{{head("序号", 1, 1), head("最需要改进的一点", 1, 1)}}}
	for i, text := range s.Results.Improve {
		b.rows = append(b.rows, []cell{count(i + 1), label(docx.Clean(text), 1, 1)})
	}
	if len(b.rows) == 0 {
		b.rows = append(b.rows, []cell{label("没有文字意见，或填写不足以公布。", 2, 1)})
	}
	return sheet{tab: tabImprove, title: line(s.Title) + "：改进意见", grid: []int{900, 10600}, long: true, labels: 1, blocks: []block{b}}
}
