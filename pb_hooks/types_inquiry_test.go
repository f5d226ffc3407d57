package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/inquiry"
)

// channelLine is a channel as the pages offer it.
type channelLine struct {
	Code       inquiry.ChannelCode    `json:"code"`
	Name       string                 `json:"name"`
	ToBureau   bool                   `json:"to_bureau"`
	Fields     []inquiry.Field        `json:"fields"`
	Categories []inquiry.CategoryCode `json:"categories"`
	Published  bool                   `json:"published"` // with the writer's consent
}

// categoryLine is a category as the pages offer it.
type categoryLine struct {
	Code      inquiry.CategoryCode `json:"code"`
	Name      string               `json:"name"`
	Urgent    bool                 `json:"urgent"`
	Anonymous bool                 `json:"anonymous"`
}

// What the pages know of letters is written from the tables of the procedure and
// from the answers of the routes.
func TestTypeScriptInquiriesAreFresh(t *testing.T) {
	b := generated()
	fmt.Fprintln(b, "import type { Choice, Colleague, DayLine, FileLine } from './requests.gen'")
	for _, v := range []any{pb_hooks.LetterField{}, pb_hooks.InquiryEntryLine{}, pb_hooks.AnswerLine{}, pb_hooks.RatingLine{}, pb_hooks.OrderLine{},
		pb_hooks.InquiryStepLine{}, pb_hooks.TextView{}, pb_hooks.NamedCode{}, pb_hooks.InquiryOptions{}, pb_hooks.InquiryDesk{}, pb_hooks.LetterReceipt{},
		pb_hooks.HistoryLine{}, pb_hooks.TrackFile{}, pb_hooks.SaidLine{}, pb_hooks.TrackAnswer{}, pb_hooks.LetterMay{}, pb_hooks.LetterTrack{},
		pb_hooks.Correspondent{}, pb_hooks.NoteLine{}, pb_hooks.Notes{}, pb_hooks.QuestionMade{},
		inquiry.Satisfaction{}, inquiry.Figures{}, pb_hooks.FigureLine{}, pb_hooks.OverviewNames{}, pb_hooks.InquiryOverview{}, pb_hooks.FigureCase{}, pb_hooks.FigureCases{},
		pb_hooks.InquiryListLine{}, pb_hooks.InquiryList{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	writeNames(b, "inquiryStateNames", inquiry.States()[1:])
	writeNames(b, "inquiryActionNames", inquiry.Actions())
	writeNames(b, "letterWayNames", inquiry.Ways())
	writeNames(b, "capacityNames", inquiry.Capacities())
	writeNames(b, "groundNames", inquiry.Grounds())
	writeNames(b, "inquiryPublicationNames", inquiry.Publications())
	var channels []channelLine
	for _, c := range inquiry.Channels() {
		if c.IsAnswered() {
			channels = append(channels, channelLine{c.Code, c.Name, c.ToBureau, c.Fields, c.Categories, c.Visibility == inquiry.Selected})
		}
	}
	var categories []categoryLine
	for _, c := range inquiry.Categories() {
		categories = append(categories, categoryLine{c.Code, c.Name, c.Urgent, c.Anonymous})
	}
	for _, table := range []struct {
		name, what string
		rows       any
	}{{"channels", "The channels with their forms.", channels}, {"categories", "What a letter may be about.", categories}} {
		raw, err := json.MarshalIndent(table.rows, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(b, "\n// %s\nexport const %s = %s as const\n", table.what, table.name, raw)
	}
	isFresh(t, "inquiries.gen.ts", b)
}
